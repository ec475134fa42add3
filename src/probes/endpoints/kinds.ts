import { dirname } from 'node:path';
import type { SurveyedProcess } from '../../host/survey.ts';

export type EndpointKind = 'docker' | 'cri' | 'containerd';
type Kinds = readonly EndpointKind[];

const DOCKER: Kinds = ['docker'];
const CRI: Kinds = ['cri'];
const CONTAINERD: Kinds = ['cri', 'containerd'];
const OWN_CONTAINERD: Kinds = ['containerd'];
const ANY: Kinds = ['docker', 'cri', 'containerd'];

/** Where runtimes listen unless told otherwise. Sources: the man pages and default settings of each. */
export const WELL_KNOWN_SOCKETS: readonly (readonly [path: string, kinds: Kinds])[] = [
  ['/run/docker.sock', DOCKER],
  ['/var/run/docker.sock', DOCKER],
  ['/run/containerd/containerd.sock', CONTAINERD],
  ['/run/k3s/containerd/containerd.sock', CONTAINERD],
  ['/run/k0s/containerd.sock', CONTAINERD],
  ['/var/snap/microk8s/common/run/containerd.sock', CONTAINERD],
  ['/run/crio/crio.sock', CRI],
  ['/var/run/crio/crio.sock', CRI],
  ['/run/cri-dockerd.sock', CRI],
  ['/var/run/cri-dockerd.sock', CRI],
  ['/var/run/dockershim.sock', CRI],
  ['/run/docker/containerd/containerd.sock', OWN_CONTAINERD],
  ['/var/run/docker/containerd/containerd.sock', OWN_CONTAINERD],
  ['/var/run/docker/containerd/docker-containerd.sock', OWN_CONTAINERD],
];

/** APIs worth trying on a socket of which only the name is known. */
export function kindsByName(path: string): Kinds {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/dockershim|cri-dockerd|crio/.test(name)) return CRI;
  if (name.includes('containerd')) return /\/docker\/containerd\//.test(path) ? OWN_CONTAINERD : CONTAINERD;
  return name.includes('docker') ? DOCKER : ANY;
}

/**
 * APIs on a socket that a running daemon listens on; empty for its sockets that carry none of them (metrics, debugging,
 * ttrpc for shims, NRI and network plugins, the kubelet's device plugins).
 */
export function kindsByListener(listener: SurveyedProcess, path: string): Kinds {
  switch (listener.comm) {
    case 'dockerd':
    case 'dockerd-current':
      return /\/(?:libnetwork|swarm|plugins)\/|\/metrics\.sock$/.test(path) ? [] : DOCKER;
    case 'containerd':
    case 'docker-containe':
      if (/\.ttrpc$|debug\.sock$|\/nri\//.test(path)) return [];
      return isOfDocker(listener, path) ? OWN_CONTAINERD : CONTAINERD;
    case 'crio':
    case 'cri-dockerd':
      return /\/nri\//.test(path) ? [] : CRI;
    case 'kubelet':
    case 'hyperkube':
      return path.endsWith('/dockershim.sock') ? CRI : [];
    default:
      return [];
  }
}

/**
 * The containerd that dockerd starts for itself serves no CRI; its settings lie beside its socket in dockerd's exec-root.
 * Source: moby, libcontainerd/supervisor/remote_daemon.go.
 */
function isOfDocker(containerd: SurveyedProcess, path: string): boolean {
  const args = containerd.args ?? [];
  const config = args[args.indexOf('--config') + 1] ?? '';
  return (
    args.includes('--config') && /\/(?:docker-)?containerd\.toml$/.test(config) && dirname(config) === dirname(path)
  );
}
