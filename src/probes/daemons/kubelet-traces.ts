import type { Host } from '../../host/host.ts';

const FILES = ['/var/lib/kubelet/config.yaml', '/etc/kubernetes/kubelet.conf'];
const PODS = '/var/lib/kubelet/pods';

/**
 * What says that this machine is a node of a cluster even though no kubelet may run: the settings that kubeadm and
 * others write, or folders of pods. Source: kubeadm's constants.go; pkg/kubelet/config/defaults.go.
 */
export async function kubeletTraces(host: Host): Promise<readonly string[]> {
  const [pods, ...files] = await Promise.all([
    host.files.list(host.path(PODS)),
    ...FILES.map(async (path) => ((await host.files.stat(host.path(path))).ok ? path : null)),
  ]);
  const found = files.filter((path) => path !== null);
  return pods.ok && pods.value.length > 0 ? [...found, `${PODS} (${pods.value.length})`] : found;
}
