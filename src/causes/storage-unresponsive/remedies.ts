import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Remedy } from '../cause.ts';
import { removeCommand } from '../support/commands.ts';
import { nameOf } from '../support/names.ts';
import { killProcess, killShim, reboot, removeContainer, restartRuntime, runWithInit } from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { isHost, type StorageTrouble } from '../support/storage-troubles.ts';
import { lastingZombies, type Zombie } from '../support/zombies.ts';
import { blamedStorages } from './assess.ts';
import { abortFuse, forceUnmount, onlineDisk, restoreServer, resumeDevice, thaw, type Way } from './cures.ts';

/** What works on the storages at fault, then what cannot. */
export function storageRemedies(view: CaseView): readonly Remedy[] {
  const troubles = blamedStorages(view);
  const cures = troubles.flatMap((t) => curesOf(view, t));
  const kill = killRemedy(view, troubles);
  const last = reboot(
    say(
      'Throws away the kernel that the threads are stuck in. Needed only if the storage cannot be brought back.',
      '线程卡住的内核状态会随重启一并清除。只有在存储无法恢复时才需要。',
    ),
  );
  const useless = uselessRemedies(view, troubles);
  return kill.works ? [...cures, kill, last, ...useless] : [...cures, last, kill, ...useless];
}

function curesOf(view: CaseView, t: StorageTrouble): readonly Remedy[] {
  const path = hostPath(view, t);
  switch (t.fault) {
    case 'frozen':
      return [thaw(path === null ? null : atPath(shellCommand('fsfreeze', '-u', path), path))];
    case 'suspended':
      return [resumeDevice(resumeWay(t))];
    case 'fuse':
      return [abortFuse(fuseAbortWay(view, t)), forceUnmount(unmountWay(view, t, '-l'), 'fuse')];
    case 'network':
      return [restoreServer(serverOf(view, t)), forceUnmount(unmountWay(view, t, '-f', '-l'), 'network')];
    case 'disk':
      return [onlineDisk(t.blockDevice?.fact ?? null)];
    case 'silent':
      return [restoreServer(null)];
  }
}

function atPath(command: string, path: string): Way {
  return { command, on: { kind: 'mountpoint', path } };
}

function resumeWay({ blockDevice }: StorageTrouble): Way | null {
  if (blockDevice === null) return null;
  const { name } = blockDevice.fact;
  return { command: shellCommand('dmsetup', 'resume', `/dev/${name}`), on: { kind: 'device', name } };
}

/**
 * A path by which the host reaches the storage: its own mount of the device, else the container's, through the root
 * of a thread that still lives in it (the zombie leader has lost its own).
 */
function hostPath(view: CaseView, t: StorageTrouble): string | null {
  const host = t.mounts.find(isHost);
  const onHost = host === undefined ? null : view.fact(host, 'mount');
  if (onHost !== null) return onHost.mountPoint;
  const inside = t.mount === null ? null : view.fact(t.mount, 'mount');
  const thread = t.threads[0]?.observation.fact;
  if (inside === null || thread === undefined) return null;
  return `/proc/${thread.pid}/task/${thread.tid}/root${inside.mountPoint}`;
}

/** None for a mount that only the container has: umount(2) takes no path into another mount namespace. */
function unmountWay(view: CaseView, t: StorageTrouble, ...flags: readonly string[]): Way | null {
  const host = t.mounts.find(isHost);
  const mountPoint = host === undefined ? null : (view.fact(host, 'mount')?.mountPoint ?? null);
  return mountPoint === null ? null : atPath(shellCommand('umount', ...flags, mountPoint), mountPoint);
}

// A connection is named by its filesystem's device number (fs/fuse/control.c), which the kernel keeps as major << 20 |
// minor (include/linux/kdev_t.h): the minor alone, but for filesystems on a block device (fuseblk).
function fuseAbortWay(view: CaseView, t: StorageTrouble): Way | null {
  const number = t.mounts.map((m) => view.fact(m, 'mount')?.majorMinor).find((n) => n !== undefined);
  const [, major, minor] = /^(\d+):(\d+)$/.exec(number ?? '') ?? [];
  if (major === undefined || minor === undefined) return null;
  const connection = Number(major) * 2 ** 20 + Number(minor);
  return {
    command: `echo 1 > /sys/fs/fuse/connections/${connection}/abort`,
    on: { kind: 'fuse-connection', connection },
  };
}

function serverOf(view: CaseView, t: StorageTrouble): string | null {
  return t.mounts.map((m) => view.fact(m, 'mount')?.source).find((s) => s !== undefined) ?? null;
}

function killRemedy(view: CaseView, troubles: readonly StorageTrouble[]): Remedy {
  const threads = troubles.flatMap((t) => t.threads);
  const zombies = zombiesOf(view, troubles);
  const pid = zombies[0]?.pid ?? threads[0]?.observation.fact.pid ?? null;
  const killable = threads.length > 0 && zombies.length === 0 && threads.every((t) => t.wait.killable);
  if (killable) {
    return killProcess(pid, {
      works: true,
      why: say(
        `These threads wait in ${threads[0]?.wait.by ?? 'a killable wait'}, which a fatal signal ends. The mount stays dead; the next process that touches it hangs again.`,
        `这些线程停在 ${threads[0]?.wait.by ?? '可被杀死的等待'} 中，致命信号可以终止这种等待。但挂载点仍不可用，下一个访问它的进程会再次卡住。`,
      ),
    });
  }
  const fuse = troubles.some((t) => t.fault === 'fuse');
  return killProcess(pid, {
    works: false,
    why: fuse
      ? say(
          'A FUSE request that the server has taken is waited for without heeding signals; it ends when the server answers or the connection is aborted.',
          '已被服务进程取走的 FUSE 请求在等待时不理会信号；只有服务进程应答或连接被 abort 才会结束。',
        )
      : say(
          'A thread in uninterruptible sleep (D) takes no signal, SIGKILL included, until the kernel function it is in returns.',
          '处于不可中断睡眠（D）的线程在其内核函数返回之前不接收任何信号，包括 SIGKILL。',
        ),
  });
}

function zombiesOf(view: CaseView, troubles: readonly StorageTrouble[]): readonly Zombie[] {
  const threads = troubles.flatMap((t) => t.threads);
  return lastingZombies(view).filter((z) => z.threads.some((t) => threads.includes(t)));
}

function uselessRemedies(view: CaseView, troubles: readonly StorageTrouble[]): readonly Remedy[] {
  const zombies = zombiesOf(view, troubles);
  const containers = [...new Set(troubles.flatMap((t) => t.threads.flatMap((x) => x.containers)))];
  const container = containers[0];
  if (container === undefined) return [];
  const shim = view.from(container, 'supervises')[0];
  const shimPid = shim === undefined ? null : (view.fact(shim, 'shim')?.pid ?? null);
  const adopted = zombies.some((z) => z.observation.fact.adopted);
  return [
    killShim(shimPid, {
      works: false,
      why: adopted
        ? say(
            'It was tried: the shim is gone, the process belongs to another parent now and is still stuck.',
            '已经有人这样做过：shim 已消失，进程被其他父进程接管，仍然卡住。',
          )
        : say(
            'The process only passes to PID 1. Its threads stay in the kernel, so PID 1 cannot reap it either, and the runtime loses sight of the container.',
            '进程只会转由 PID 1 接管。其线程仍停留在内核中，PID 1 同样无法回收，运行时还会失去对该容器的掌控。',
          ),
    }),
    ...(zombies.length > 0
      ? [
          runWithInit(
            say(
              'dockerd advises --init when it meets such a zombie. An init inside the container reaps children; this zombie is the container’s own init, held by its own threads in the kernel.',
              'dockerd 遇到这类僵尸时会建议使用 --init。容器内的 init 只能回收子进程；而这个僵尸正是容器自己的 init，被它自己停在内核中的线程占住。',
            ),
          ),
        ]
      : []),
    removeContainer(removeCommand(view, container), {
      works: false,
      why: say(
        `Removal waits for the process of ${nameOf(view, container)} to end, which it cannot. Deleting the pod by force only hides it from the API server.`,
        `删除操作要等 ${nameOf(view, container)} 的进程结束，而它无法结束。强制删除 Pod 只是让 API server 看不到它。`,
      ),
    }),
    restartRuntime(null, {
      works: false,
      why: say(
        'Shims and their processes outlive a restart of containerd or dockerd, and the threads stay in the kernel.',
        '重启 containerd 或 dockerd 时 shim 及其进程不会退出，线程仍停留在内核中。',
      ),
    }),
  ];
}
