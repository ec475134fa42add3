import { say } from '../../causes/support/say.ts';
import type { HostAct, ProcessRef } from '../act.ts';
import { hostPreconditions } from '../host/preconditions.ts';
import { rebootWords, restartWords } from './restart-words.ts';
import { type ActWords, FREED } from './words.ts';

const QUICK_MS = 15_000;

/** What is said of an act on the node itself. */
export function hostWords(act: HostAct, restartStopsContainers: boolean): ActWords {
  const words = wordsOf(act, restartStopsContainers);
  return { ...words, requires: [...hostPreconditions(act.kind), ...words.requires] };
}

function wordsOf(act: HostAct, restartStopsContainers: boolean): ActWords {
  switch (act.kind) {
    case 'thaw-filesystem':
    case 'resume-device':
    case 'abort-fuse-connection':
    case 'lazy-unmount':
      return storageWords(act);
    case 'resume-process':
      return resumeWords(act.process);
    case 'end-process':
      return endWords(act.process, act.gentle);
    case 'kill-shim':
      return killShimWords(act.process);
    case 'remove-container':
      return removeWords(act.containerId);
    case 'restart-service':
      return restartWords(act.service, restartStopsContainers);
    case 'reboot':
      return rebootWords(act.how);
  }
}

const BASE = {
  verify: FREED,
  requires: [],
  deadlineMs: QUICK_MS,
  destroysEvidence: false,
  reach: 'nobody',
  undo: null,
} as const satisfies Partial<ActWords>;

type StorageAct = Extract<
  HostAct,
  { kind: 'thaw-filesystem' | 'resume-device' | 'abort-fuse-connection' | 'lazy-unmount' }
>;

function storageWords(act: StorageAct): ActWords {
  switch (act.kind) {
    case 'thaw-filesystem':
      return {
        ...BASE,
        title: say(`Thaw the filesystem at ${act.mountpoint}`, `解冻 ${act.mountpoint} 的文件系统`),
        does: say(
          'Lets writes go on: every thread that waits for it runs on or dies.',
          '放行写入：等待它的线程继续运行或退出。',
        ),
        breaks: say(
          'A snapshot or backup that froze it and still runs would not be consistent. It disturbs no pod.',
          '若冻结它的快照或备份仍在进行，结果将不一致。不影响任何 Pod。',
        ),
      };
    case 'resume-device':
      return {
        ...BASE,
        title: say(`Resume the device ${act.name}`, `恢复（resume）设备 ${act.name}`),
        does: say('The device-mapper device passes on what it held back.', 'device-mapper 设备放行被挡住的请求。'),
        breaks: say(
          'An LVM or multipath operation that suspended it and still runs is disturbed.',
          '若挂起它的 LVM 或 multipath 操作仍在进行，会受干扰。',
        ),
      };
    case 'abort-fuse-connection':
      return {
        ...BASE,
        title: say(`Abort FUSE connection ${act.connection}`, `中止（abort）FUSE 连接 ${act.connection}`),
        does: say(
          'Every waiting request fails at once, and its thread returns.',
          '所有等待中的请求立即失败，线程随之返回。',
        ),
        breaks: say(
          'What the FUSE server had not stored is lost; the mount is dead until it is made anew.',
          'FUSE 服务进程未落盘的数据会丢失；挂载点需要重新挂载才能使用。',
        ),
        reach: 'container',
        destroysEvidence: true,
      };
    case 'lazy-unmount':
      return {
        ...BASE,
        title: say(`Detach the mount ${act.mountpoint}`, `摘除（lazy umount）挂载点 ${act.mountpoint}`),
        does: say(
          'Nothing new runs into it. Threads that wait in it already go on waiting.',
          '新的访问不会再卡住；已在其中等待的线程仍会等待。',
        ),
        breaks: say(
          'Programs that use it get errors; pods that mount it must be made anew.',
          '使用它的程序会报错；挂载它的 Pod 需要重建。',
        ),
        reach: 'container',
        destroysEvidence: true,
      };
  }
}

function nameOf({ comm, pid }: ProcessRef): string {
  return `${comm}[${pid}]`;
}

function resumeWords(process: ProcessRef): ActWords {
  const name = nameOf(process);
  return {
    ...BASE,
    title: say(`Let ${name} run on (SIGCONT)`, `让 ${name} 继续运行（SIGCONT）`),
    does: say('The stopped process answers again; nothing ends.', '被停住的进程恢复应答；不会终止任何东西。'),
    breaks: say('Nothing known. Whoever stopped it may have had a reason.', '无已知影响。停住它的人可能有原因。'),
  };
}

function endWords(process: ProcessRef, gentle: boolean): ActWords {
  const name = nameOf(process);
  return {
    ...BASE,
    title: gentle
      ? say(`End ${name}, with SIGTERM first`, `结束 ${name}（先发 SIGTERM）`)
      : say(`Kill ${name} (SIGKILL)`, `杀掉 ${name}（SIGKILL）`),
    does: say('Its caller gets an error instead of waiting on.', '调用方会得到错误返回，而不再等待。'),
    breaks: say(
      'What the process did is left half done; the pod it worked for may have to be made anew.',
      '它的工作会停在中间状态；相关 Pod 可能需要重建。',
    ),
    reach: 'container',
    destroysEvidence: true,
  };
}

function killShimWords(process: ProcessRef): ActWords {
  const name = nameOf(process);
  return {
    ...BASE,
    title: say(`Kill the one shim ${name}`, `杀掉这一个 shim：${name}`),
    does: say(
      'The runtime’s waiting call fails instead of hanging, and the container counts as ended.',
      '运行时等待中的调用失败返回而不再卡住，容器被视为已结束。',
    ),
    breaks: say(
      'Ends every container that this shim serves (with the CRI, the whole pod); exit codes are lost.',
      '该 shim 负责的容器全部终止（CRI 下为整个 Pod），退出码丢失。',
    ),
    reach: 'container',
    destroysEvidence: true,
  };
}

function removeWords(containerId: string): ActWords {
  const id = containerId.slice(0, 12);
  return {
    ...BASE,
    title: say(`Remove container ${id} by its runtime`, `由运行时删除容器 ${id}`),
    does: say('The runtime ends and forgets this one container.', '运行时终止并清除这一个容器。'),
    breaks: say('Its workload and its writable layer are gone.', '容器中的业务和可写层都会消失。'),
    verify: say('The runtime does not list it any more.', '运行时不再列出该容器。'),
    deadlineMs: 60_000,
    reach: 'container',
    destroysEvidence: true,
  };
}
