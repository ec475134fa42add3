import { connectionOf } from '../../probes/mounts/fuse-connections.ts';
import type { MountInfo } from '../../probes/procfs/mountinfo.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { HostActorDeps } from './deps.ts';
import type { ActHandler, ActOf, UnmetPrecondition } from './handler.ts';
import { readMounts } from './mounts.ts';

type Abort = ActOf<'abort-fuse-connection'>;

const WRITE_MS = 5000;
const POLL_MS = 50;

/** Requests that a FUSE server has not answered; an errno name where that cannot be read. */
type Waiting = number | string;

/**
 * Ends a FUSE connection: every request that waits, and every later one, fails (ECONNABORTED, ENOTCONN), so those who
 * wait go on with an error. The filesystem is dead then and must be mounted anew.
 * Source: Documentation/filesystems/fuse.rst, "Aborting a filesystem connection".
 */
export const abortFuseConnection: ActHandler<Abort> = {
  check: async ({ connection }, deps) =>
    refusalToAbort(connection, await waitingOf(deps, connection), await readMounts(deps)),

  perform: async ({ connection }, deps, context) => {
    const before = await waitingOf(deps, connection);
    const path = deps.host.sys(`fs/fuse/connections/${connection}/abort`);
    const error = await deps.programs.write(path, '1', Math.min(WRITE_MS, context.leftMs()));
    if (error !== null) return notWritten(connection, error);
    do {
      const waiting = await waitingOf(deps, connection);
      // The entry goes with the last use of the filesystem.
      if (waiting === 0 || waiting === 'ENOENT') return aborted(connection, before);
    } while (await context.pause(POLL_MS));
    return {
      status: 'timed-out',
      text: {
        en: `FUSE connection ${connection} was aborted, but requests still wait on it`,
        zh: `FUSE 连接 ${connection} 已中止，但仍有请求在等待`,
      },
    };
  },
};

export function refusalToAbort(
  connection: number,
  waiting: Waiting,
  mounts: readonly MountInfo[] | string,
): UnmetPrecondition | null {
  const name = String(connection);
  const mounted =
    typeof mounts !== 'string' &&
    mounts.some((mount) => mount.fsType.startsWith('fuse') && connectionOf(mount.majorMinor) === name);
  if (!mounted) {
    const text = {
      en: `no FUSE filesystem is mounted as connection ${name}`,
      zh: `没有以连接 ${name} 挂载的 FUSE 文件系统`,
    };
    return { id: 'is-mounted', text };
  }
  if (typeof waiting === 'string') {
    const detail = harmlessLine(waiting, 40);
    return {
      id: 'requests-wait',
      text: {
        en: `connection ${name} cannot be looked at (${detail}): is fusectl mounted at /sys/fs/fuse/connections, and are we root?`,
        zh: `无法查看连接 ${name}（${detail}）：/sys/fs/fuse/connections 是否已挂载 fusectl，是否以 root 运行？`,
      },
    };
  }
  if (waiting > 0) return null;
  return {
    id: 'requests-wait',
    text: {
      en: `no request waits on FUSE connection ${name}: its server answers`,
      zh: `FUSE 连接 ${name} 上没有等待的请求：其服务进程仍在应答`,
    },
  };
}

async function waitingOf({ host }: HostActorDeps, connection: number): Promise<Waiting> {
  const read = await host.files.readText(host.sys(`fs/fuse/connections/${connection}/waiting`));
  return read.ok ? Number.parseInt(read.value, 10) || 0 : read.error;
}

function notWritten(connection: number, error: string): Awaited<ReturnType<typeof abortFuseConnection.perform>> {
  const denied = error === 'EACCES' || error === 'EPERM';
  return {
    status: error === 'TIMEOUT' ? 'timed-out' : 'failed',
    text: {
      en: `FUSE connection ${connection} could not be aborted: ${denied ? 'only root or its owner may: run notready as root' : error}`,
      zh: `无法中止 FUSE 连接 ${connection}：${denied ? '只有 root 或其所有者可以：请以 root 运行 notready' : error}`,
    },
  };
}

function aborted(connection: number, before: Waiting): Awaited<ReturnType<typeof abortFuseConnection.perform>> {
  const freed = typeof before === 'number' ? before : 0;
  return {
    status: 'done',
    text: {
      en: `FUSE connection ${connection} is aborted; ${freed} waiting requests failed and let go of who made them`,
      zh: `FUSE 连接 ${connection} 已中止；${freed} 个等待中的请求以错误返回，等待者得以继续`,
    },
  };
}
