import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import type { Evidence } from '../cause.ts';
import { cite } from './assessment.ts';
import { enginesOf, isDead, runningComponents } from './components.ts';
import { memoised } from './memo.ts';
import { say } from './say.ts';
import { type StuckThread, stuckThreads } from './stuck-threads.ts';

/** Why a daemon cannot do its work: stopped by a signal (T), held by a debugger (t), blocked in D, dead but not reaped (Z). */
export type Hold = 'stopped' | 'traced' | 'blocked' | 'dead';

/** A runtime daemon, the kubelet or a shim that is there and cannot work. */
export interface HeldDaemon {
  readonly id: EntityId;
  readonly name: string;
  readonly pid: number;
  readonly hold: Hold;
  readonly observation: Observation<'component'> | Observation<'shim'>;
  readonly threads: readonly StuckThread[];
}

const HOLDS: Readonly<Record<string, Hold>> = { T: 'stopped', t: 'traced', D: 'blocked', Z: 'dead', X: 'dead' };

/**
 * Daemons held in the same state in both samples; one that merely was in D at a glance is at work, and a dead one
 * whose work another does is a leftover that nobody has reaped.
 */
export const heldDaemons = memoised((view: CaseView): readonly HeldDaemon[] => [
  ...view
    .all('component')
    .filter((o) => !isDead(o) || !isServed(view, o))
    .flatMap((o) => describe(view, o, o.fact.name)),
  ...view.all('shim').flatMap((o) => describe(view, o, 'containerd-shim')),
]);

function describe(view: CaseView, o: Observation<'component'> | Observation<'shim'>, name: string): HeldDaemon[] {
  const id = o.about[0];
  if (id === undefined) return [];
  const threads = stuckThreads(view).filter((t) => t.component === id || t.shim === id);
  const hold = threads.length > 0 ? 'blocked' : o.fact.lasting ? (HOLDS[o.fact.state] ?? null) : null;
  // D of the main thread alone is passing work unless the thread was seen not to run at all.
  if (hold === null || (hold === 'blocked' && threads.length === 0)) return [];
  return [{ id, name, pid: o.fact.pid, hold, observation: o, threads }];
}

/** Whether another daemon does the work of this dead one, or what it served is answered all the same. */
function isServed(view: CaseView, dead: Observation<'component'>): boolean {
  const { name, startedBy } = dead.fact;
  // dockerd's own containerd is not replaced by that of the system.
  if (runningComponents(view).some((c) => c.name === name && c.observation.fact.startedBy === startedBy)) return true;
  const id = dead.about[0];
  if (id === undefined) return false;
  if (name === 'kubelet') return view.all('kubelet-healthz').some((o) => o.fact.outcome === 'ok');
  const engines = enginesOf(view, { id, name, observation: dead });
  return engines.some((e) => view.about(e, 'call').some((o) => o.fact.outcome === 'ok'));
}

export function heldShims(view: CaseView): readonly HeldDaemon[] {
  return heldDaemons(view).filter((d) => d.id.startsWith('shim:'));
}

export function heldRuntimes(view: CaseView): readonly HeldDaemon[] {
  return heldDaemons(view).filter((d) => d.id.startsWith('component:') && d.name !== 'kubelet');
}

const HOLD_TEXT = {
  stopped: say('is stopped by a signal (state T in both samples)', '被信号停住（两次采样均为 T 状态）'),
  traced: say('is held by a debugger (state t in both samples)', '被调试器停住（两次采样均为 t 状态）'),
  blocked: say('has threads stuck in uninterruptible sleep (D)', '有线程卡在不可中断睡眠（D）'),
  dead: say('is dead and not yet reaped (state Z)', '已经死亡但尚未被回收（Z 状态）'),
} as const;

/** What holds a daemon, in a word: `dockerd is ...`, `dockerd ...`. */
export const HOLD_WORDS: Readonly<Record<Hold, Text>> = {
  stopped: say('stopped (T)', '被停住（T）'),
  traced: say('held by a debugger (t)', '被调试器停住（t）'),
  blocked: say('blocked in the kernel (D)', '阻塞在内核中（D）'),
  dead: say('dead (Z)', '已经死亡（Z）'),
};

/** `dockerd (pid 812) is stopped by a signal ...`. */
export function holdEvidence(d: HeldDaemon): Evidence {
  const text = HOLD_TEXT[d.hold];
  return cite(d.observation, say(`${d.name} (pid ${d.pid}) ${text.en}.`, `${d.name}（pid ${d.pid}）${text.zh}。`));
}

/** The systemd unit that runs a component, if one was seen. */
export function unitOf(view: CaseView, name: string): string | null {
  const own = view.all('unit').find((u) => u.about.some((id) => id.startsWith(`component:${name}@`)));
  return own?.fact.unit ?? null;
}

/** Whether a signal or a debugger holds one of these daemons: somebody did that, no shortage of the node. */
export function isHeldBySignal(view: CaseView, subjects: readonly EntityId[]): boolean {
  return heldDaemons(view).some((d) => (d.hold === 'stopped' || d.hold === 'traced') && subjects.includes(d.id));
}
