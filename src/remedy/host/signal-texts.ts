import { joinTexts, type Text } from '../../text/text.ts';
import type { ProcessRef } from '../act.ts';
import type { Finish } from './handler.ts';
import { nameOf } from './process-look.ts';
import type { WaitingThread } from './threads.ts';

/** What a signal that could not be sent means. @param error errno name of kill(2) */
export function notSent({ pid, comm }: ProcessRef, signal: string, error: string): Finish {
  const name = nameOf(pid, comm);
  const why: Text =
    error === 'EPERM'
      ? { en: 'it needs CAP_KILL: run notready as root', zh: '需要 CAP_KILL：请以 root 运行 notready' }
      : { en: error, zh: error };
  return {
    status: 'failed',
    text: {
      en: `${signal} could not be sent to ${name}: ${why.en}. Nothing was changed.`,
      zh: `无法向 ${name} 发送 ${signal}：${why.zh}。未作任何改动。`,
    },
  };
}

/** `thread 4711 waits in the kernel (D, in percpu_rwsem_wait)` */
export function waitingText(threads: readonly WaitingThread[]): Text {
  const shown = threads.slice(0, 3).map(({ tid, wchan }) => ({
    en: `thread ${tid} waits in the kernel (D${wchan === null ? '' : `, in ${wchan}`})`,
    zh: `线程 ${tid} 在内核中等待（D${wchan === null ? '' : `，位于 ${wchan}`}）`,
  }));
  const more = threads.length - shown.length;
  const rest = more > 0 ? [{ en: `${more} more do`, zh: `另有 ${more} 个线程同样如此` }] : [];
  return joinTexts([...shown, ...rest], { en: ', ', zh: '，' });
}
