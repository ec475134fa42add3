import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';
import { startBackground } from './background.ts';

/** Puts a socket before dockerd's on which each status call takes this long: a runtime that is slow, not hung. @returns its path */
export async function slowEndpoint(workspace: Workspace, socket: string, delayMs: number): Promise<string> {
  const script = fileURLToPath(new URL('slow-endpoint-server.ts', import.meta.url));
  const slow = `${socket}.slow`;
  workspace.journal.register({ kind: 'remove-file', path: slow });
  startBackground(workspace, [process.execPath, script, socket, String(delayMs)]);
  await until({ en: 'the slow socket', zh: '慢速套接字' }, () => existsSync(slow));
  return slow;
}
