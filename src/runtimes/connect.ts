import { connect } from 'node:net';
import { type CallLimits, type CallResult, timedCall } from './call-result.ts';

/**
 * Connects to a unix socket and hangs up. The kernel accepts for the daemon as long as its queue has room, so `ok`
 * says that a listener exists, not that it is alive; errors are errno names (ENOENT, ECONNREFUSED, EACCES).
 */
export function tryConnect(socketPath: string, limits: CallLimits): Promise<CallResult<null>> {
  return timedCall(
    limits,
    (signal) =>
      new Promise((resolve, reject) => {
        const socket = connect({ path: socketPath });
        signal.addEventListener('abort', () => socket.destroy(), { once: true });
        socket.once('error', reject);
        socket.once('connect', () => {
          socket.destroy();
          resolve(null);
        });
      }),
  );
}
