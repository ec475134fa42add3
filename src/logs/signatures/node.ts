import type { Signature } from '../signature.ts';
import { logForm } from './form.ts';

/** What a kubelet says to the API server all the time: its lease every 10 s, its node status, what it lists and watches. */
const TO_API_SERVER =
  /Error updating node status|Unable to register node|failed to (?:ensure (?:node )?lease exists|update (?:node )?lease)|Failed to (?:list|watch) \*?v1\.|Unable to retrieve the node's|requesting a signed certificate/i;
const NO_WAY_THERE =
  /connection refused|i\/o timeout|no route to host|network is unreachable|no such host|server misbehaving|deadline exceeded|Client\.Timeout|TLS handshake timeout|connection reset|client connection lost|use of closed network connection|EOF\b/;
const API_LITERALS = [
  'rror updating node status',
  'nable to register node',
  'lease exists',
  'node lease',
  'update lease',
  'Failed to list *v1.',
  'Failed to watch *v1.',
  'Failed to list v1.',
  'Failed to watch v1.',
  "Unable to retrieve the node's",
  'requesting a signed certificate',
];
const API_SOURCES = [
  'pkg/kubelet/kubelet_node_status.go: `Error updating node status, will retry`, `Unable to register node` @ 1.2 to 1.36',
  'pkg/kubelet/nodelease/controller.go: `failed to ensure node lease exists` @ 1.13 to 1.16; component-helpers lease/controller.go: `failed to ensure lease exists`, `Failed to update lease` since',
  'client-go tools/cache/reflector.go: `Failed to list`, `Failed to watch` @ every version',
];

/** What takes a node's means: the API server, certificates, disk, memory, PIDs, the network. */
export const NODE: readonly Signature[] = [
  logForm({
    id: 'api-server-unreachable',
    signal: 'api-server-unreachable',
    literals: API_LITERALS,
    sources: API_SOURCES,
    means: TO_API_SERVER,
    and: NO_WAY_THERE,
  }),
  logForm({
    id: 'api-server-unauthorized',
    signal: 'api-server-unauthorized',
    literals: API_LITERALS,
    sources: API_SOURCES,
    means: TO_API_SERVER,
    and: /Unauthorized|You must be logged in|asked for the client to provide credentials/,
  }),
  logForm({
    id: 'certificate-expired',
    signal: 'certificate-expired',
    literals: ['certificate has expired', 'client certificate', 'certificate is expired'],
    sources: [
      'Go crypto/x509 CertificateInvalidError: `certificate has expired or is not yet valid`',
      'pkg/kubelet/certificate/bootstrap/bootstrap.go: `part of the existing bootstrap client certificate is expired` @ 1.11 to 1.36',
      'pkg/kubelet/certificate/transport.go: `The currently active client certificate has expired` @ 1.8 to 1.36',
    ],
    means: /certificate has expired or is not yet valid|client certificate .{0,200}(?:is|has) expired/,
    unless: /pull|image/i,
  }),
  logForm({
    id: 'disk-pressure',
    signal: 'disk-pressure',
    literals: [
      'NodeHasDiskPressure',
      'ttempting to reclaim',
      'no space left on device',
      'No space left on device',
      '[DiskPressure',
    ],
    sources: [
      'pkg/kubelet/eviction/eviction_manager.go: `attempting to reclaim` @ 1.4 to 1.36',
      'pkg/kubelet/eviction/eviction_manager.go Admit: `node has conditions: [DiskPressure]` @ 1.4 to 1.36',
      'errno(3) ENOSPC',
    ],
    means:
      /NodeHasDiskPressure|attempting to reclaim.{0,40}(?:ephemeral-storage|nodefs|imagefs|inodes|containerfs)|no space left on device|node has conditions: \[[^\]]{0,80}DiskPressure/i,
    // The same errno where cgroups or inotify watches run out: no disk is full then.
    unless: /inotify_(?:add_watch|init)|\/sys\/fs\/cgroup\//,
  }),
  logForm({
    id: 'no-cgroups-left',
    signal: 'no-cgroups-left',
    literals: ['/sys/fs/cgroup/'],
    sources: [
      'mkdir(2) ENOSPC below /sys/fs/cgroup: the memory controller has no id left (mm/memcontrol.c MEM_CGROUP_ID_MAX)',
    ],
    means: /mkdir \/sys\/fs\/cgroup\/\S{1,400}: (?:no space left on device|cannot allocate memory)/,
  }),
  logForm({
    id: 'no-watches-left',
    signal: 'no-watches-left',
    literals: ['inotify_add_watch', 'inotify_init', 'too many open files', 'fsnotify'],
    sources: [
      'inotify_add_watch(2) ENOSPC, inotify_init(2) EMFILE',
      'cadvisor container/raw/watcher.go: `Failed to watch directory %q` @ kubelet 1.5 to 1.36',
    ],
    means:
      /inotify_add_watch .{1,400}: no space left on device|(?:inotify_init\d?|fsnotify|inotify).{0,80}too many open files/,
  }),
  logForm({
    id: 'no-processes-left',
    signal: 'no-processes-left',
    literals: ['esource temporarily unavailable', 'newosproc', 'failed to create new OS thread'],
    sources: [
      'fork(2), clone(2) EAGAIN as Go (os/exec `fork/exec %s: resource temporarily unavailable`), Go runtime (newosproc, pthread_create) and shells print it',
    ],
    means:
      /(?:fork\/exec \S{1,200}|pthread_create failed|\bfork|clone|newosproc|start thread|setns[^:]{0,80}): .{0,80}[Rr]esource temporarily unavailable|failed to create new OS thread|newosproc/,
  }),
  logForm({
    id: 'eviction',
    signal: 'eviction',
    literals: ['must evict pod(s) to reclaim', 'is evicted successfully', 'victed pod', 'no pods are active to evict'],
    sources: ['pkg/kubelet/eviction/eviction_manager.go synchronize @ 1.4 to 1.36'],
    means: /must evict pod\(s\) to reclaim|is evicted successfully|evicted pod|no pods are active to evict/i,
  }),
  logForm({
    id: 'memory-pressure',
    signal: 'memory-pressure',
    literals: ['NodeHasInsufficientMemory', 'ttempting to reclaim', '[MemoryPressure'],
    sources: ['pkg/kubelet/eviction/eviction_manager.go, nodestatus/setters.go @ 1.4 to 1.36'],
    means:
      /NodeHasInsufficientMemory|attempting to reclaim.{0,40}\bmemory|node has conditions: \[[^\]]{0,80}MemoryPressure/i,
  }),
  logForm({
    id: 'pid-pressure',
    signal: 'pid-pressure',
    literals: ['NodeHasInsufficientPID', 'ttempting to reclaim', '[PIDPressure'],
    sources: ['pkg/kubelet/eviction/eviction_manager.go, nodestatus/setters.go @ 1.10 to 1.36'],
    means:
      /NodeHasInsufficientPID|attempting to reclaim.{0,40}\bpids?\b|node has conditions: \[[^\]]{0,80}PIDPressure/i,
  }),
  logForm({
    id: 'cni-failed',
    signal: 'cni-failed',
    literals: [
      'networkPlugin cni failed',
      'failed to set up pod',
      'ailed to teardown pod',
      'network for sandbox',
      'network for pod sandbox',
      'plugin type=',
    ],
    sources: [
      'pkg/kubelet/dockershim/network/plugins.go: `networkPlugin %s failed to set up pod %q network` @ 1.5 to 1.23',
      'containerd CRI plugin: `failed to setup network for sandbox`, `failed to destroy network for sandbox`',
      'containernetworking/cni pkg/invoke: `plugin type=%q failed (add)`',
    ],
    means:
      /failed to (?:set up|teardown) pod .{0,300}network|failed to (?:set ?up|destroy|tear ?down) network for (?:pod )?sandbox|plugin type=\S{1,80}.{0,120} failed \((?:add|del|delete)\)/i,
    // No plugin was called at all: that is a network that is not ready.
    unless: /cni config uninitialized|cni plugin not initialized/,
  }),
];
