import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { identify, type ProcessId } from '../processes.ts';
import { labEnvironment } from '../run.ts';
import type { Workspace } from '../workspace.ts';

/** Starts a program of the lab that runs until it is undone, in a group of the lab's cgroup. */
export function startBackground(workspace: Workspace, argv: readonly [string, ...string[]], group = 'load'): ProcessId {
  const [program, ...args] = workspace.cgroup.enter(argv, group);
  const child = spawn(program, args, { detached: true, stdio: 'ignore', env: labEnvironment() });
  child.unref();
  if (child.pid === undefined) throw new Error(`${argv[0]} could not be started`);
  const id = identify(child.pid);
  workspace.journal.register({ kind: 'end', ...id });
  return id;
}

/** Lists and inspects all containers every second, as the kubelet would: without it an idle runtime shows no shortage. */
export function relistInBackground(workspace: Workspace, socket: string): ProcessId {
  const script = fileURLToPath(new URL('relist-loop.ts', import.meta.url));
  return startBackground(workspace, [process.execPath, script, socket]);
}
