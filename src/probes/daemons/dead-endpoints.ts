import type { Host } from '../../host/host.ts';
import type { Endpoint } from '../endpoints.ts';
import { parseUnixSockets } from '../procfs/unix-sockets.ts';
import type { Expectations } from './absent.ts';
import { samePath } from './socket-paths.ts';

/**
 * Endpoints on which no process listens. A listener counts whoever it is: with socket activation it is systemd.
 * @param endpoints with the listeners known so far
 */
export async function findDeadEndpoints(
  host: Host,
  endpoints: readonly Endpoint[],
): Promise<Expectations['deadEndpoints']> {
  const silent = endpoints.filter((e) => e.listenerPid === null);
  if (silent.length === 0) return [];
  const table = await socketTable(host);
  // Without the table nothing can be said of who listens.
  if (table === null) return [];
  const listening = parseUnixSockets(table).filter((s) => s.listening);
  const dead = silent.filter((e) => !listening.some((s) => s.path !== null && samePath(s.path, e.path)));
  const found = await Promise.all(
    dead.map(async (endpoint) => {
      const stat = await host.files.stat(host.path(endpoint.path));
      if (stat.ok) {
        const { kind, modifiedAt } = stat.value;
        return kind === 'socket' ? [{ endpoint, left: 'file' as const, boundAt: Math.round(modifiedAt) }] : [];
      }
      return stat.error === 'ENOENT' || stat.error === 'ENOTDIR' ? [{ endpoint, left: 'missing' as const }] : [];
    }),
  );
  return found.flat();
}

/** Of the host's network namespace, which an agent in a container does not share. */
async function socketTable(host: Host): Promise<string | null> {
  for (const pid of ['1', 'self']) {
    const table = await host.files.readText(host.proc(`${pid}/net/unix`), { maxBytes: 16 * 1_048_576 });
    if (table.ok) return table.value;
  }
  return null;
}
