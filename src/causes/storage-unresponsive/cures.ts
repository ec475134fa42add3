import type { FactOf } from '../../evidence/observation.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Remedy, RemedyTarget } from '../cause.ts';
import { say } from '../support/say.ts';

// What brings a storage back. Each takes what it acts upon and the command for the case at hand, null where there is none.

/** A command and what it acts upon; in general, where no case is at hand, upon nothing. */
export interface Way {
  readonly command: string;
  readonly on?: RemedyTarget;
}

export function thaw(way: Way | null): Remedy {
  return {
    action: 'thaw-filesystem',
    title: say('Thaw the filesystem', '解冻文件系统'),
    works: true,
    why: say(
      'The threads wait for exactly this. Once thawed every one of them runs on or dies, the zombie is reaped, and the kill that was refused goes through.',
      '这些线程等的正是解冻。解冻后每个线程都会继续运行或退出，僵尸会被回收，之前失败的 kill 也会完成。',
    ),
    command: way?.command ?? null,
    risk: say(
      'If a backup or snapshot froze it on purpose and still runs, that snapshot will not be consistent: look for one first.',
      '如果是备份或快照有意冻结且尚未结束，该快照将不一致：请先确认。',
    ),
    ...(way?.on && { on: way.on }),
  };
}

export function resumeDevice(way: Way | null): Remedy {
  return {
    action: 'resume-device',
    title: say('Resume the device-mapper device', '恢复（resume）device-mapper 设备'),
    works: true,
    why: say(
      'A suspended device holds back every request, and suspending froze the filesystem above it; resuming lets go of both.',
      'suspended 的设备会挡住所有请求，并冻结其上的文件系统；resume 之后两者都会放开。',
    ),
    command: way?.command ?? null,
    risk: say(
      'If an LVM or multipath operation is under way, let it end first.',
      '如果有 LVM 或 multipath 操作正在进行，请先等它结束。',
    ),
    ...(way?.on && { on: way.on }),
  };
}

export function abortFuse(way: Way | null): Remedy {
  return {
    action: 'abort-fuse-connection',
    title: say('Abort the FUSE connection', '中止（abort）FUSE 连接'),
    works: true,
    why: say(
      'Every waiting request fails at once with ECONNABORTED and its thread returns; a server that is merely stopped can be resumed instead (kill -CONT).',
      '所有等待中的请求会立即以 ECONNABORTED 失败，线程随之返回；如果服务进程只是被停住，也可以让它继续（kill -CONT）。',
    ),
    command: way?.command ?? null,
    risk: say(
      'Data that the server had not stored is lost; the mount must be made anew.',
      '服务进程尚未落盘的数据会丢失；需要重新挂载。',
    ),
    ...(way?.on && { on: way.on }),
  };
}

/** @param kind which kind of filesystem: the reasons differ */
export function forceUnmount(way: Way | null, kind: 'fuse' | 'network'): Remedy {
  return {
    action: 'force-unmount',
    title: say('Unmount it, then mount it anew', '卸载后重新挂载'),
    works: true,
    why:
      kind === 'fuse'
        ? say(
            'Clears the dead mount away after the connection was aborted, so that nothing new runs into it.',
            '在 abort 连接之后清除失效的挂载点，避免新的访问再卡住。',
          )
        : say(
            '-f fails the requests that wait for the server, -l detaches the mount so that nothing new runs into it.',
            '-f 会让等待服务端的请求失败，-l 将挂载点摘除，避免新的访问再卡住。',
          ),
    command: way?.command ?? null,
    risk: say(
      'Programs that use the mount get I/O errors; unsaved data is lost.',
      '使用该挂载点的程序会收到 I/O 错误；未保存的数据会丢失。',
    ),
    ...(way?.on && { on: way.on }),
  };
}

/** @param source as mounted: `nas:/export` */
export function restoreServer(source: string | null): Remedy {
  return {
    action: 'restore-storage',
    title: say('Bring the storage back', '恢复存储服务'),
    works: true,
    why: say(
      `The threads go on by themselves once ${source ?? 'the storage'} answers again: nothing is lost then.`,
      `一旦 ${source ?? '存储'} 恢复响应，这些线程会自行继续，不会丢失数据。`,
    ),
    command: null,
    risk: say('None.', '无。'),
  };
}

export function onlineDisk(disk: FactOf<'block-device'> | null): Remedy {
  const offline = disk !== null && disk.state !== null && disk.state !== 'running';
  return {
    action: 'bring-device-online',
    title: say('Bring the device back', '恢复设备'),
    works: true,
    why: offline
      ? say(
          `The SCSI layer holds ${disk.name} ${disk.state}; set running, it takes requests again if the path or disk is sound.`,
          `SCSI 层将 ${disk.name} 置为 ${disk.state}；在链路或磁盘正常的前提下，置回 running 即可重新接受请求。`,
        )
      : say(
          'The waiting requests end when the disk or its path answers again, or when the driver gives up on it. Check cabling, array, cloud volume and the kernel log.',
          '磁盘或其链路恢复响应、或驱动放弃该设备后，等待中的请求才会结束。请检查线路、阵列、云盘及内核日志。',
        ),
    command: offline ? `echo running > ${shellCommand(`/sys/block/${disk.name}/device/state`)}` : null,
    risk: say('A disk that failed once may fail again: move its data.', '出过故障的磁盘可能再次故障：请迁移数据。'),
  };
}
