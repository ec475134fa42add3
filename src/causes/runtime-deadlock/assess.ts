import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { runningComponents } from '../support/components.ts';
import { engines, listAnswer, noRuntimeHere } from '../support/engines.ts';
import { type BugSight, bugsSeen, versionEvidence } from '../support/known-bugs.ts';
import { missing, missingOf } from '../support/missing.ts';
import { count, say } from '../support/say.ts';
import { type LockSight, lockEvidence, lockSights, waiting } from '../support/stuck-stacks.ts';

/** Locks of runtimes, not of the kubelet. */
function locksOfRuntimes(view: CaseView): readonly LockSight[] {
  return lockSights(view).filter((s) => s.name !== 'kubelet' && s.name !== 'daemon');
}

/** Holds known lock bugs and the runtimes' own stacks against the case. */
export function assessDeadlock(view: CaseView): Assessment {
  const bugs = bugsSeen(view, 'runtime-deadlock');
  const shown = bugs.find((b) => b.traces.length > 0);
  const [locked] = locksOfRuntimes(view);
  if (shown !== undefined && (shown.version !== null || locked !== undefined)) return known(view, shown, locked);
  if (locked !== undefined) return byStacks(view, locked, bugs);
  return byVersion(view, bugs) ?? inOrder(view);
}

function known(view: CaseView, sight: BugSight, locked: LockSight | undefined): Assessment {
  const { bug, traces, version } = sight;
  const sure = version !== null && locked !== undefined;
  return held({
    status: sure ? 'confirmed' : 'likely',
    ...weigh(sure ? 'statedByComponent' : 'heldProcess'),
    subjects: subjectsOf(view, locked?.component ?? null, bug.component),
    evidence: [...versionEvidence(sight), ...traces, ...(locked === undefined ? [] : lockEvidence(locked))],
    missing: version === null ? [missing('components', view)] : [],
    summary: sure
      ? say(
          `${bug.component} is in a known deadlock: ${bug.title.en}. To be rid of it, ${bug.advice.en}.`,
          `${bug.component} 陷入已知死锁：${bug.title.zh}。解决办法：${bug.advice.zh}。`,
        )
      : say(
          `The stacks of ${bug.component} look like a known deadlock: ${bug.title.en}.`,
          `${bug.component} 的堆栈与一个已知死锁相符：${bug.title.zh}。`,
        ),
  });
}

/** Locks that nobody lets go of, by a bug that is not in the table. */
function byStacks(view: CaseView, locked: LockSight, bugs: readonly BugSight[]): Assessment {
  const { name, waiters, holders, forOthers } = locked;
  const minutes = waiters[0]?.fact.minutes ?? 0;
  const n = waiting(locked);
  // The lock is held on behalf of somebody else, who hangs: that one is the cause.
  const excused = forOthers.length > 0;
  return held({
    status: excused ? 'possible' : 'likely',
    ...weigh(excused ? 'hint' : holders.length > 0 ? 'heldProcess' : 'circumstantial'),
    subjects: subjectsOf(view, locked.component, name),
    evidence: [...lockEvidence(locked), ...bugs.slice(0, 1).flatMap(versionEvidence)],
    missing: missingOf(view, ['components']),
    summary: excused
      ? say(
          `In ${name} ${count(n, 'goroutine')} ${n === 1 ? 'has' : 'have'} waited for a lock for up to ${minutes} min, held by one that waits for a shim, a program or another daemon.`,
          `${name} 中有 ${n} 个 goroutine 等锁，最久 ${minutes} 分钟；持锁者在等 shim、某个程序或另一个守护进程。`,
        )
      : say(
          `In ${name} ${count(n, 'goroutine')} ${n === 1 ? 'has' : 'have'} waited for a lock for up to ${minutes} min, and nothing outside it is waited for: it is deadlocked.`,
          `${name} 中有 ${n} 个 goroutine 等锁，最久 ${minutes} 分钟，且没有在等任何外部对象：已死锁。`,
        ),
  });
}

function subjectsOf(view: CaseView, seen: EntityId | null, name: string): readonly EntityId[] {
  const running = runningComponents(view).filter((c) => c.name === name);
  const ids = running.length > 0 ? running.map((c) => c.id) : seen === null ? [] : [seen];
  return ids.length > 0 ? ids : [entityId.node()];
}

/** A version alone: something must hang for it to matter. */
function byVersion(view: CaseView, bugs: readonly BugSight[]): Assessment | null {
  // One without a fix is in every version: that says nothing of this one.
  const [sight] = bugs.filter((b) => b.version !== null && b.bug.affected.some((range) => range.fixedIn !== null));
  const hanging = engines(view).some((e) => e.hung.length > 0 || e.statuses.some((o) => o.fact.outcome === 'timeout'));
  if (sight === undefined || !hanging) return null;
  return held({
    status: 'possible',
    ...weigh('versionOnly'),
    subjects: subjectsOf(view, null, sight.bug.component),
    evidence: versionEvidence(sight),
    missing: [missing('components', view)],
    summary: say(
      `This version has a known deadlock: ${sight.bug.title.en}. Its stacks would show whether that is at work.`,
      `该版本存在已知死锁：${sight.bug.title.zh}。需要查看其堆栈才能确认。`,
    ),
  });
}

function inOrder(view: CaseView): Assessment {
  const answered = engines(view).filter((e) => e.hung.length === 0 && e.statuses.every((o) => o.fact.outcome === 'ok'));
  const against = answered.flatMap((e) => {
    const list = listAnswer(e);
    return list === null
      ? []
      : [cite(list, say(`${e.endpoint} answers every call.`, `${e.endpoint} 对所有调用都有响应。`))];
  });
  const quiet = against.length === engines(view).length && against.length > 0 ? against : noRuntimeHere(view);
  return notSeen(quiet, missingOf(view, ['docker', 'cri']), 'components');
}
