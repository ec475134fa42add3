import type { ProcessRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';
import type { ActContext, ActHandler, ActOf, Finish, UnmetPrecondition } from './handler.ts';
import { lookAt, nameOf, type ProcessLook, readStat, refusalToSignal } from './process-look.ts';
import { notSent } from './signal-texts.ts';

const POLL_MS = 20;

/** SIGCONT to a process that was stopped. It does not touch one that a cgroup's freezer or a debugger holds. */
export const resumeProcess: ActHandler<ActOf<'resume-process'>> = {
  check: async ({ process }, deps) => refusalToResume(process, await lookAt(deps, process.pid)),

  perform: async ({ process }, deps, context) => {
    const sent = deps.sendSignal(process, 'SIGCONT');
    if (typeof sent === 'object') return notSent(process, 'SIGCONT', sent.error);
    return untilRunning(deps, process, context);
  },
};

export function refusalToResume(process: ProcessRef, look: ProcessLook): UnmetPrecondition | null {
  const refusal = refusalToSignal(process, look);
  if (refusal !== null) return refusal;
  const state = look.stat === null || 'error' in look.stat ? '?' : look.stat.state;
  if (state === 'T') return null;
  const name = nameOf(process.pid, process.comm);
  // `t`: a tracer holds it, and only that lets it go (ptrace(2)).
  const text =
    state === 't'
      ? {
          en: `${name} is held by a debugger, which SIGCONT does not end`,
          zh: `${name} 被调试器暂停，SIGCONT 无法解除`,
        }
      : { en: `${name} is not stopped (state ${state})`, zh: `${name} 并未停止（状态 ${state}）` };
  return { id: 'is-stopped', text };
}

async function untilRunning(deps: HostActorDeps, process: ProcessRef, context: ActContext): Promise<Finish> {
  const name = nameOf(process.pid, process.comm);
  do {
    const stat = await readStat(deps, process.pid);
    if (stat === null || (!('error' in stat) && stat.startTicks !== process.startTicks)) {
      return {
        status: 'done',
        text: { en: `${name} went on and has ended since`, zh: `${name} 已恢复运行，随后已结束` },
      };
    }
    if (!('error' in stat) && stat.state !== 'T') {
      return { status: 'done', text: { en: `${name} runs again`, zh: `${name} 已恢复运行` } };
    }
  } while (await context.pause(POLL_MS));
  return {
    status: 'timed-out',
    text: {
      en: `${name} got SIGCONT and is still stopped: something stops it again`,
      zh: `${name} 收到 SIGCONT 后仍处于停止状态：有东西再次停止了它`,
    },
  };
}
