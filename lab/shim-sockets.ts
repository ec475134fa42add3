import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listOr, readOr } from './processes.ts';

const SOCKET = /^(?:unix:\/\/)?(\/run\/containerd\/s\/[0-9a-f]{64})$/;

/**
 * A shim's socket lies in /run/containerd/s whatever state directory containerd has (containerd runtime/v2/shim
 * SocketAddress); its bundle keeps the address. A shim that is killed leaves the socket behind.
 */
export function removeShimSockets(folder: string): void {
  for (const file of addressFiles(folder)) {
    const socket = SOCKET.exec(readOr(file, '').trim())?.[1];
    if (socket !== undefined) rmSync(socket, { force: true });
  }
}

function addressFiles(folder: string): string[] {
  return taskFolders(folder).flatMap((tasks) =>
    listOr(tasks).flatMap((namespace) =>
      listOr(join(tasks, namespace)).map((id) => join(tasks, namespace, id, 'address')),
    ),
  );
}

function taskFolders(folder: string, depth = 4): string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.name === 'io.containerd.runtime.v2.task' ? [path] : taskFolders(path, depth - 1);
    });
}
