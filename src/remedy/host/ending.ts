import type { ProcessRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';
import type { ActContext, Finish, UnmetPrecondition } from './handler.ts';
import { nameOf, readStat } from './process-look.ts';
import { notSent, waitingText } from './signal-texts.ts';
import { waitingThreads } from './threads.ts';

type Deps = Pick<HostActorDeps, 'host' | 'sendSignal'>;

const POLL_MS = 50;

/** How far a process that was killed has come. */
type Ending =
  | { readonly kind: 'gone' }
  /** Ended, but its parent has not asked for its exit code yet. */
  | { readonly kind: 'zombie'; readonly parent: number }
  | { readonly kind: 'there' };

/** SIGKILL again would change nothing: it is pending on threads that do not come back from the kernel. */
export async function refusalOfSecondKill(deps: Deps, { pid, comm }: ProcessRef): Promise<UnmetPrecondition | null> {
  const pending = (await waitingThreads(deps, pid)).filter((thread) => thread.killPending);
  if (pending.length === 0) return null;
  const where = waitingText(pending);
  const name = nameOf(pid, comm);
  return {
    id: 'no-kill-pending',
    text: {
      en: `${name} has been killed already: ${where.en} with SIGKILL pending, and no signal ends that; what it waits for must be let go`,
      zh: `${name} 已被杀过：${where.zh}，SIGKILL 已挂起，任何信号都不能结束这种等待；必须先解除它所等待的东西`,
    },
  };
}

/**
 * Ends a process and waits until it is gone or a zombie.
 * @param gentleMs how long SIGTERM has its chance before SIGKILL; 0 for SIGKILL at once
 */
export async function endProcess(
  deps: Deps,
  process: ProcessRef,
  gentleMs: number,
  context: ActContext,
): Promise<Finish> {
  const name = nameOf(process.pid, process.comm);
  if (gentleMs > 0) {
    const sent = deps.sendSignal(process, 'SIGTERM');
    if (typeof sent === 'object') return notSent(process, 'SIGTERM', sent.error);
    const ending = await untilEnded(deps, process, Math.min(gentleMs, context.leftMs()), context);
    if (ending.kind !== 'there') return ended(deps, process, 'SIGTERM', ending);
    context.onProgress({
      en: `${name} did not end on SIGTERM: SIGKILL`,
      zh: `${name} 未因 SIGTERM 结束：改用 SIGKILL`,
    });
  }
  const sent = deps.sendSignal(process, 'SIGKILL');
  if (typeof sent === 'object') return notSent(process, 'SIGKILL', sent.error);
  const ending = await untilEnded(deps, process, context.leftMs(), context);
  return ending.kind === 'there' ? stillThere(deps, process) : ended(deps, process, 'SIGKILL', ending);
}

async function untilEnded(deps: Deps, process: ProcessRef, ms: number, context: ActContext): Promise<Ending> {
  const until = context.leftMs() - ms;
  for (;;) {
    const ending = await endingOf(deps, process);
    if (ending.kind !== 'there' || context.leftMs() <= until) return ending;
    if (!(await context.pause(POLL_MS))) return endingOf(deps, process);
  }
}

async function endingOf(deps: Deps, { pid, startTicks }: ProcessRef): Promise<Ending> {
  const stat = await readStat(deps, pid);
  if (stat === null) return { kind: 'gone' };
  if ('error' in stat) return { kind: 'there' };
  if (stat.startTicks !== startTicks) return { kind: 'gone' };
  // A leader that is a zombie with threads left: those live on, and with them the process.
  return stat.state === 'Z' && stat.threads <= 1 ? { kind: 'zombie', parent: stat.ppid } : { kind: 'there' };
}

async function ended(
  deps: Deps,
  { pid, comm }: ProcessRef,
  signal: string,
  ending: Exclude<Ending, { kind: 'there' }>,
): Promise<Finish> {
  const name = nameOf(pid, comm);
  if (ending.kind === 'gone') {
    return { status: 'done', text: { en: `${name} has ended (${signal})`, zh: `${name} 已结束（${signal}）` } };
  }
  const stat = await readStat(deps, ending.parent);
  const parent = stat === null || 'error' in stat ? `PID ${ending.parent}` : nameOf(ending.parent, stat.comm);
  const stopped = stat !== null && !('error' in stat) && stat.state === 'T';
  return {
    status: 'done',
    text: {
      en: `${name} has ended (${signal}) and is a zombie until its parent ${parent} reaps it${stopped ? ', which is stopped and cannot' : ''}`,
      zh: `${name} 已结束（${signal}），在其父进程 ${parent} 回收之前为僵尸进程${stopped ? '，而该父进程已停止，无法回收' : ''}`,
    },
  };
}

async function stillThere(deps: Deps, { pid, comm }: ProcessRef): Promise<Finish> {
  const name = nameOf(pid, comm);
  const waiting = await waitingThreads(deps, pid);
  const where = waitingText(waiting);
  return {
    status: 'timed-out',
    text:
      waiting.length > 0
        ? {
            en: `${name} got SIGKILL and is still there: ${where.en}. No signal ends that, and sending it again changes nothing; it ends by itself once what it waits for is let go.`,
            zh: `${name} 收到 SIGKILL 后仍在：${where.zh}。任何信号都不能结束这种等待，重复发送也毫无作用；一旦解除它所等待的东西，它会自行结束。`,
          }
        : {
            en: `${name} got SIGKILL and had not ended by the deadline`,
            zh: `${name} 收到 SIGKILL 后到截止时间仍未结束`,
          },
  };
}
