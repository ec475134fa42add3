import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, type Held, held, notSeen, weigh } from '../support/assessment.ts';
import { freshKernel, isPasted, type KernelLine, quietKernel, quoteKernel } from '../support/kernel-word.ts';
import { type BugSight, bugsSeen, versionEvidence } from '../support/known-bugs.ts';
import { lacking } from '../support/lacking.ts';
import { nameOf } from '../support/names.ts';
import { say } from '../support/say.ts';
import { hungTaskOf } from '../support/stuck-threads.ts';
import { type LockWait, lockWaits } from './kernel-locks.ts';

/** node-problem-detector counts three of these within 20 minutes before it speaks: one or two end by themselves. */
const LASTING_LEAK = 3;
/** Share of CPU time that the host keeps from a virtual machine, from which on a lockup may be its doing. */
const MUCH_STEAL = 0.2;

/** Holds what the kernel complains of against the case. */
export function assessKernel(view: CaseView): Assessment {
  const crashes = [...freshKernel(view, 'oops'), ...outOfMemoryInside(view)];
  const lockups = freshKernel(view, 'soft-lockup', 'hard-lockup', 'rcu-stall');
  const leaks = freshKernel(view, 'unregister-netdevice');
  const resets = freshKernel(view, 'transmit-timeout');
  const waits = lockWaits(view);
  const complaints = [...crashes, ...lockups, ...leaks, ...resets];
  const known = bugsSeen(view, 'kernel-bug').filter((b) => b.version !== null);
  if (complaints.length + waits.length === 0 && known[0] !== undefined) return byVersion(known[0]);
  if (complaints.length + waits.length === 0)
    return notSeen(quiet(view), lacking(view, { 'kernel-log': [] }), 'kernel-log');
  return held({
    ...judge(view, { crashes, lockups, leaks, resets, waits }),
    subjects: subjectsOf(waits),
    evidence: [
      ...waits.slice(0, 3).map((w) => waitEvidence(view, w)),
      ...waits.slice(0, 1).flatMap((w) => hungEvidence(view, w)),
      ...complaints.slice(-4).map((o) => quoteKernel(view, o)),
      ...known.slice(0, 1).flatMap(versionEvidence),
    ],
    against: stealEvidence(view),
    missing: lacking(view, { 'kernel-stacks': [] }),
    summary: summarise({ crashes, lockups, leaks, resets, waits }),
  });
}

/** The version has a known bug; with nothing that it leaves behind that is a possibility, no more. */
function byVersion(sight: BugSight): Assessment {
  const { bug, traces } = sight;
  return held({
    status: traces.length > 0 ? 'likely' : 'possible',
    ...weigh(traces.length > 0 ? 'recentLog' : 'versionOnly'),
    subjects: [entityId.node()],
    evidence: [...versionEvidence(sight), ...traces],
    summary: say(`A known bug of this kernel: ${bug.title.en}.`, `此内核的已知缺陷：${bug.title.zh}。`),
  });
}

/** XFS goes on asking for memory that is there in no piece large enough. */
function outOfMemoryInside(view: CaseView): readonly KernelLine[] {
  return freshKernel(view, 'filesystem-error').filter((o) => /possible memory allocation deadlock/.test(o.fact.line));
}

interface Signs {
  readonly crashes: readonly KernelLine[];
  readonly lockups: readonly KernelLine[];
  readonly leaks: readonly KernelLine[];
  readonly resets: readonly KernelLine[];
  readonly waits: readonly LockWait[];
}

function judge(
  view: CaseView,
  { crashes, lockups, leaks, resets, waits }: Signs,
): Pick<Held, 'status' | 'confidence' | 'restsOn'> {
  const complaints = crashes.length + lockups.length + leaks.length + resets.length;
  const forMinutes = waits.some((w) => hungTaskOf(view, w.thread) !== null);
  // The kernel says for itself that a task has not moved for minutes, and its stack that it waits for the kernel.
  if (forMinutes) return { status: 'confirmed', ...weigh(complaints > 0 ? 'kernelStack' : 'waitChannel') };
  if (waits.length > 0 && complaints > 0) return { status: 'confirmed', ...weigh('waitChannel') };
  const starved = stealEvidence(view).length > 0;
  // Nobody shows the stack of a thread that moves on.
  if (waits.length > 0 && isPasted(view)) return { status: 'confirmed', ...weigh('heldProcess') };
  const lasting = leaks.length >= LASTING_LEAK || (isPasted(view) && leaks.length > 0);
  if (crashes.length > 0 || lasting || (lockups.length > 0 && !starved)) {
    return {
      status: 'likely',
      ...weigh(lasting || lockups.length > 1 ? 'circumstantial' : 'recentLog'),
    };
  }
  return { status: 'possible', ...weigh('hint') };
}

function subjectsOf(waits: readonly LockWait[]): readonly EntityId[] {
  const stuck = waits.flatMap(({ thread: t }) => [
    ...t.containers,
    ...(t.component === null ? [] : [t.component]),
    t.process,
    t.id,
  ]);
  return [entityId.node(), ...new Set(stuck)];
}

function waitEvidence(view: CaseView, { thread, part, by }: LockWait): Evidence {
  const name = nameOf(view, thread.process);
  const stack = (thread.observation.fact.stack ?? []).slice(0, 4).join(' <- ');
  return cite(
    thread.observation,
    say(
      `${name} waits for a lock of ${part.en} in ${by}: ${stack}.`,
      `${name} 在 ${by} 中等待内核的锁（${part.zh}）：${stack}。`,
    ),
  );
}

function hungEvidence(view: CaseView, { thread }: LockWait): readonly Evidence[] {
  const o = hungTaskOf(view, thread);
  return o === null ? [] : [quoteKernel(view, o)];
}

function stealEvidence(view: CaseView): readonly Evidence[] {
  return view
    .all('cpu')
    .filter((o) => o.fact.steal >= MUCH_STEAL)
    .slice(-1)
    .map((o) => {
      const share = Math.round(o.fact.steal * 100);
      return cite(
        o,
        say(
          `The hypervisor keeps ${share} % of the CPU time from this machine: that alone gives lockups.`,
          `虚拟化平台占走了本机 ${share} % 的 CPU 时间：仅此就会出现 lockup。`,
        ),
      );
    });
}

function quiet(view: CaseView): readonly Evidence[] {
  const counts = view.all('process-counts').slice(-1);
  return [
    ...counts.map((o) => cite(o, say('No thread stays in a lock of the kernel.', '没有线程停留在内核的锁里。'))),
    ...quietKernel(
      view,
      say('The kernel has complained of nothing of its own for 10 minutes.', '最近 10 分钟内核没有报告自身的异常。'),
    ),
  ];
}

function summarise({ crashes, lockups, leaks, resets, waits }: Signs): Text {
  const [wait] = waits;
  if (wait !== undefined) {
    const device = resets.at(-1)?.fact.device ?? null;
    const after =
      device === null ? say('', '') : say(`, after network card ${device} had hung`, `，此前网卡 ${device} 曾卡住`);
    return say(
      `A lock of the kernel is not released: ${wait.part.en}${after.en}.`,
      `内核的一把锁没有释放：${wait.part.zh}${after.zh}。`,
    );
  }
  const device = leaks.at(-1)?.fact.device ?? null;
  if (device !== null) {
    return say(
      `The kernel cannot let go of network interface ${device}: something still refers to it.`,
      `内核无法释放网卡 ${device}：仍有对象引用它。`,
    );
  }
  if (crashes.some((o) => o.fact.signal === 'oops')) {
    return say('The kernel has run into a fault of its own (oops or BUG).', '内核自身出错（oops 或 BUG）。');
  }
  if (crashes.length > 0) {
    return say(
      'XFS waits for memory that the kernel has in no piece large enough (fragmentation).',
      'XFS 在等待内核没有足够大连续块的内存（碎片化）。',
    );
  }
  if (lockups.length > 0)
    return say('A CPU did not come back from the kernel for many seconds.', '有 CPU 陷在内核中数十秒没有返回。');
  return say('A network card hangs and was reset.', '网卡卡住并被复位。');
}
