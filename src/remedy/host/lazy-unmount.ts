import type { MountInfo } from '../../probes/procfs/mountinfo.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { ActHandler, ActOf, UnmetPrecondition } from './handler.ts';
import { mountOn, readMounts, refusalOfMount } from './mounts.ts';
import { programFailed } from './program-texts.ts';

type Unmount = ActOf<'lazy-unmount'>;

const PROGRAM_MS = 10_000;

/** Without these the host itself does not go on. */
const SYSTEM =
  /^\/(?:(?:bin|boot|dev|etc|home|lib\d*|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/(?:lib|log|run|tmp))?)?$/;

/**
 * Takes a mount out of the tree at once (MNT_DETACH). Who waits on the filesystem already goes on waiting; only nobody
 * new comes to it. umount(8) looks the path up once more itself: Linux has no unmount by mount id.
 */
export const lazyUnmount: ActHandler<Unmount> = {
  check: async (act, deps) => {
    const [ours, hosts] = await Promise.all(
      ['self', '1'].map((pid) => deps.host.files.readLink(deps.host.proc(`${pid}/ns/mnt`))),
    );
    const apart = ours?.ok === true && hosts?.ok === true && ours.value !== hosts.value;
    return refusalToUnmount(act, await readMounts(deps), apart);
  },

  perform: async (act, deps, context) => {
    const options = { timeoutMs: Math.min(PROGRAM_MS, context.leftMs()), atDeadline: 'kill' } as const;
    const before = mountOn(await mountsOrNone(deps), act.mountpoint);
    const argv = ['umount', '--lazy', '--no-canonicalize', '--internal-only', '--', act.mountpoint] as const;
    const run = await deps.programs.run([...argv], options);
    if (run.code !== 0) return programFailed('umount', run, 'CAP_SYS_ADMIN');
    const after = mountOn(await mountsOrNone(deps), act.mountpoint);
    const path = harmlessLine(act.mountpoint, 200);
    if (after !== null && after.id === before?.id) {
      return { status: 'failed', text: { en: `${path} is still mounted`, zh: `${path} 仍然挂载着` } };
    }
    return {
      status: 'done',
      text: {
        en: `${path} is out of the tree; who waited on it before still waits`,
        zh: `${path} 已从目录树中摘除；此前在其上等待的进程仍在等待`,
      },
    };
  },
};

/** @param apart whether notready sees another mount namespace than the host's PID 1 */
export function refusalToUnmount(
  { mountpoint, mountId }: Unmount,
  mounts: readonly MountInfo[] | string,
  apart: boolean,
): UnmetPrecondition | null {
  const path = harmlessLine(mountpoint, 200);
  if (SYSTEM.test(mountpoint) || !mountpoint.startsWith('/') || mountpoint.split('/').includes('..')) {
    return {
      id: 'not-of-the-system',
      text: { en: `${path} is of the system itself, or no plain path`, zh: `${path} 属于系统本身，或不是普通绝对路径` },
    };
  }
  if (apart) {
    return {
      id: 'host-mount-namespace',
      text: {
        en: 'notready is in a mount namespace of its own: it would unmount only its own view. Run it on the host',
        zh: 'notready 处于自己的 mount namespace 中：只会卸载自己的视图。请在宿主机上运行',
      },
    };
  }
  const refusal = refusalOfMount(mountpoint, mounts);
  if (refusal !== null || typeof mounts === 'string' || mountId === undefined) return refusal;
  const now = mountOn(mounts, mountpoint);
  if (now?.id === mountId) return null;
  return {
    id: 'is-mounted',
    text: {
      en: `another filesystem has been mounted at ${path} since (mount ${now?.id}, not ${mountId})`,
      zh: `此后 ${path} 上已挂载了另一个文件系统（挂载号 ${now?.id}，而非 ${mountId}）`,
    },
  };
}

async function mountsOrNone(deps: Parameters<typeof readMounts>[0]): Promise<readonly MountInfo[]> {
  const mounts = await readMounts(deps);
  return typeof mounts === 'string' ? [] : mounts;
}
