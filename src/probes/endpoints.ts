import type { Host } from '../host/host.ts';
import { parseEndpointAddress } from './endpoints/address.ts';
import { type EndpointKind, kindsByListener, kindsByName, WELL_KNOWN_SOCKETS } from './endpoints/kinds.ts';
import { kubeletEndpoints } from './endpoints/kubelet-endpoints.ts';
import { listeningSockets } from './endpoints/listening-sockets.ts';
import type { SharedReads } from './shared-reads.ts';

/** A unix socket on which a container runtime may answer. */
export interface Endpoint {
  /** Absolute path of the socket, as the host names it. */
  readonly path: string;
  /** APIs worth trying there: a containerd socket speaks both CRI and containerd's own. */
  readonly kinds: readonly EndpointKind[];
  /** `kubelet`: a running kubelet was told to use it. */
  readonly foundBy: 'flag' | 'DOCKER_HOST' | 'CONTAINER_RUNTIME_ENDPOINT' | 'kubelet' | 'well-known' | 'listening';
  /** The daemon that listens on it, where the process table shows one; null else. */
  readonly listenerPid: number | null;
}

/**
 * Every runtime socket of the host: by flag, by the environment, by what a kubelet is told, where sockets usually lie,
 * and what running daemons listen on. A socket with several names is one endpoint, under the name found first.
 * Sockets that someone asked for are kept where no file is there; those are errors to tell of.
 * @param given paths or unix:// URLs that the user gave
 */
export async function findEndpoints(from: SharedReads, given: readonly string[]): Promise<readonly Endpoint[]> {
  const { host } = from;
  const [kubelet, listening] = await Promise.all([
    kubeletEndpoints(host, await from.survey()),
    from.share(listeningSockets),
  ]);
  const candidates: Endpoint[] = [
    ...asked('flag', given),
    ...asked('DOCKER_HOST', [host.env.DOCKER_HOST]),
    ...asked('CONTAINER_RUNTIME_ENDPOINT', [host.env.CONTAINER_RUNTIME_ENDPOINT]),
    ...asked('kubelet', kubelet),
    ...WELL_KNOWN_SOCKETS.map(
      ([path, kinds]): Endpoint => ({
        path,
        kinds,
        foundBy: 'well-known',
        listenerPid: null,
      }),
    ),
    ...listening.map(
      ({ path, listener }): Endpoint => ({
        path,
        kinds: kindsByListener(listener, path),
        foundBy: 'listening',
        listenerPid: listener.pid,
      }),
    ),
  ];
  const identities = await Promise.all(candidates.map((c) => identify(host, c.path)));
  return merge(candidates, identities);
}

function asked(foundBy: Endpoint['foundBy'], addresses: readonly (string | undefined)[]): Endpoint[] {
  return addresses.flatMap((text) => {
    const address = parseEndpointAddress(text ?? '');
    return address.ok ? [{ path: address.path, kinds: kindsByName(address.path), foundBy, listenerPid: null }] : [];
  });
}

const MAX_LINKS = 8;

/** What a path leads to: device and inode, the same for every name of a socket, or the error of looking there. */
type Identity = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly error: string };

async function identify(host: Host, path: string): Promise<Identity> {
  let at = path;
  for (let i = 0; i < MAX_LINKS; i += 1) {
    const stat = await host.files.stat(host.path(at));
    if (!stat.ok) return stat;
    if (stat.value.kind !== 'symlink') return { ok: true, key: `${stat.value.device}/${stat.value.inode}` };
    const target = await host.files.readLink(host.path(at));
    if (!target.ok) return target;
    at = target.value.startsWith('/') ? target.value : `${at.slice(0, at.lastIndexOf('/'))}/${target.value}`;
  }
  return { ok: false, error: 'ELOOP' };
}

/**
 * Whether a socket is worth a call: not where looking for it hangs, since connecting would hang this process; and of the
 * places where sockets usually lie only those where one is, or may be behind a door closed to us.
 */
function isWorthTrying({ foundBy }: Endpoint, identity: Identity): boolean {
  if (identity.ok) return true;
  if (identity.error === 'STUCK') return false;
  return foundBy !== 'well-known' || identity.error === 'EACCES' || identity.error === 'EPERM';
}

/** One endpoint for each identity: the first one's name, what the listening daemon says of the rest. */
function merge(candidates: readonly Endpoint[], identities: readonly Identity[]): Endpoint[] {
  const merged = new Map<string, Endpoint>();
  candidates.forEach((candidate, i) => {
    const identity = identities[i];
    if (identity === undefined || !isWorthTrying(candidate, identity)) return;
    const key = identity.ok ? identity.key : candidate.path;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, candidate);
    else if (known.listenerPid === null && candidate.listenerPid !== null) {
      const kinds = candidate.kinds.length > 0 ? candidate.kinds : known.kinds;
      merged.set(key, { ...known, kinds, listenerPid: candidate.listenerPid });
    }
  });
  return [...merged.values()].filter((e) => e.kinds.length > 0);
}
