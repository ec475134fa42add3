import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../errors.ts';
import { mountAt } from '../mounts.ts';
import { identify, isErrno, type ProcessId, signal } from '../processes.ts';
import { labEnvironment, runOrFail } from '../run.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';

/** A FUSE filesystem with a server of the lab's own. */
export interface FuseMount {
  readonly mountPoint: string;
  /** `0:57` */
  readonly deviceNumber: string;
  readonly server: ProcessId;
}

/**
 * Mounts a FUSE filesystem whose server is a small Node process. No package is needed: the descriptor of /dev/fuse goes
 * to mount(8), which hands it to the kernel in the option `fd` (mount.fuse does no more), and to the server.
 */
export async function mountFuse(workspace: Workspace, name: string): Promise<FuseMount> {
  const mountPoint = join(workspace.folder, name);
  mkdirSync(mountPoint);
  workspace.journal.register({ kind: 'unmount', path: mountPoint });
  const fd = openDevice();
  try {
    await spawnWith(fd, ['mount', '--internal-only', '-t', 'fuse', '-o', options(), 'notready-lab', mountPoint]);
    const server = startServer(workspace, fd);
    // Once it has answered: until then a request of the kernel's waits, and the signal that mutes the server ends it.
    await runOrFail(['stat', '--file-system', mountPoint]);
    const mount = mountAt(mountPoint);
    if (!mount) throw new LabError({ en: `${mountPoint} was not mounted`, zh: `${mountPoint} 未能挂载` });
    return { mountPoint, deviceNumber: mount.device, server };
  } finally {
    closeSync(fd);
  }
}

/**
 * From now on the server takes requests and answers none: whoever asks waits in the kernel, and once the server has
 * taken the request, not even SIGKILL ends the wait (fs/fuse/dev.c request_wait_answer). @returns what ends every wait
 */
export function muteFuse(workspace: Workspace, fuse: FuseMount): () => void {
  // The end of the server is the end of the connection. Due again here, so that it comes before what needs it.
  const id = workspace.journal.register({ kind: 'end', ...fuse.server });
  signal(fuse.server, 'SIGUSR1');
  return () => workspace.journal.undo(id);
}

function options(): string {
  return 'fd=3,rootmode=40755,user_id=0,group_id=0,allow_other';
}

function openDevice(): number {
  try {
    return openSync('/dev/fuse', 'r+');
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EPERM', 'EACCES', 'ENODEV', 'ENXIO')) throw error;
    throw new LabError({ en: 'FUSE cannot be used here: no /dev/fuse', zh: '此处无法使用 FUSE：没有 /dev/fuse' });
  }
}

function startServer(workspace: Workspace, fd: number): ProcessId {
  const script = fileURLToPath(new URL('fuse-server.ts', import.meta.url));
  const [program, ...args] = workspace.cgroup.enter([process.execPath, script]);
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', fd],
    env: labEnvironment(),
  });
  child.unref();
  if (child.pid === undefined) throw new LabError({ en: 'the FUSE server did not start', zh: 'FUSE 服务进程未能启动' });
  const id = identify(child.pid);
  workspace.journal.register({ kind: 'end', ...id });
  return id;
}

async function spawnWith(fd: number, [program, ...args]: readonly [string, ...string[]]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', fd], env: labEnvironment() });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const code = await until(
    { en: `${program} to end`, zh: `${program} 结束` },
    () => (child.exitCode === null ? null : { code: child.exitCode }),
    10_000,
  );
  if (code.code !== 0) throw new LabError({ en: `mount failed: ${said.trim()}`, zh: `挂载失败：${said.trim()}` });
}
