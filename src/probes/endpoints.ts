import type { Host } from '../host/host.ts';
import type { Survey } from '../host/survey.ts';

/** A unix socket on which a container runtime may answer. */
export interface Endpoint {
  /** Absolute path of the socket, as the host names it. */
  readonly path: string;
  /** APIs worth trying there: a containerd socket speaks both CRI and containerd's own. */
  readonly kinds: readonly ('docker' | 'cri' | 'containerd')[];
  readonly foundBy: 'flag' | 'DOCKER_HOST' | 'CONTAINER_RUNTIME_ENDPOINT' | 'well-known' | 'listening';
  /** The daemon that listens on it, where the process table shows one; null else. */
  readonly listenerPid: number | null;
}

export declare function findEndpoints(
  host: Host,
  survey: Survey,
  given: readonly string[],
): Promise<readonly Endpoint[]>;
