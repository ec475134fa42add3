import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { isFresh } from './assessment.ts';
import { isPasted } from './kernel-word.ts';
import { containersOf, isFrozenByCgroup, isPaused } from './kin.ts';
import { memoised } from './memo.ts';
import { classifyWait, type Wait } from './wait-kind.ts';

/** A thread in D that did not run between two looks, and is not merely waiting its turn at a working disk. */
export interface StuckThread {
  readonly observation: Observation<'thread'>;
  readonly id: EntityId;
  readonly process: EntityId;
  readonly containers: readonly EntityId[];
  /** The daemon whose thread it is. */
  readonly component: EntityId | null;
  /** The shim whose thread it is. */
  readonly shim: EntityId | null;
  readonly mount: EntityId | null;
  readonly wait: Wait;
}

/**
 * Threads stuck in uninterruptible sleep that concern containers, shims or daemons, or wait for storage.
 * Left out: tasks of paused containers (the cgroup v1 freezer shows them as D), our own readers that hang,
 * threads waiting for a disk that completes requests, and kernel threads that idle in D.
 */
export const stuckThreads = memoised((view: CaseView): readonly StuckThread[] =>
  view
    .all('thread')
    .filter((o) => o.fact.state === 'D' && o.fact.stuck)
    .map((o) => describeThread(view, o))
    .filter((t) => isTrouble(view, t)),
);

/** Threads of any process that the kernel itself says have not moved for minutes, whoever's they are. */
export const hungThreads = memoised((view: CaseView): readonly StuckThread[] =>
  view
    .all('thread')
    .filter((o) => o.fact.state === 'D' && o.fact.stuck)
    .map((o) => describeThread(view, o))
    .filter((t) => hungTaskOf(view, t) !== null),
);

function describeThread(view: CaseView, observation: Observation<'thread'>): StuckThread {
  const { pid, tid, wchan, stack } = observation.fact;
  const id = entityId.thread(pid, tid);
  const process = entityId.process(pid);
  const owners = view.from(process, 'is-process');
  return {
    observation,
    id,
    process,
    containers: [...new Set([...view.to(id, 'in-container'), ...containersOf(view, process)])],
    component: owners.find((o) => o.startsWith('component:')) ?? null,
    shim: owners.find((o) => o.startsWith('shim:')) ?? null,
    mount: [...view.to(id, 'waits-on'), ...view.to(process, 'waits-on')][0] ?? null,
    wait: classifyWait(wchan, stack),
  };
}

function isTrouble(view: CaseView, t: StuckThread): boolean {
  if (ownReaders(view).has(t.observation.fact.pid)) return false;
  if (t.wait.kind === 'cgroup-freezer' || t.wait.kind === 'vfork') return false;
  if (t.containers.some((c) => isPaused(view, c)) || isFrozenByCgroup(view, t.process)) return false;
  if (waitsItsTurn(view, t)) return false;
  // Of what was pasted somebody picked it out: there is no idle kernel thread among it.
  const concernsNode = t.containers.length > 0 || t.component !== null || t.shim !== null || isPasted(view);
  return concernsNode || isStorageWait(t);
}

/** Whether storage is what it waits for: by the kernel function, or by the file its system call names. */
export function isStorageWait(t: StuckThread): boolean {
  return t.wait.kind !== 'unknown' || t.mount !== null;
}

// A busy disk keeps writers in D for longer than our window (journal commits, dirty page throttling, the locks that
// such waiters hold). As long as the device completes requests its waiters move on, unless the kernel itself has
// complained that this one did not move for minutes.
function waitsItsTurn(view: CaseView, t: StuckThread): boolean {
  const direct = t.wait.kind === 'block-device' || t.wait.kind === 'filesystem';
  if (!direct && t.wait.kind !== 'unknown') return false;
  if (hungTaskOf(view, t) !== null) return false;
  const disks = diskActivityFor(view, t.mount).map((d) => d.fact);
  if (disks.some((d) => d.inFlight > 0 && d.completed === 0)) return false;
  const working = disks.filter((d) => d.completed > 0);
  if (direct) return working.length > 0;
  return working.some((d) => d.utilisation >= BUSY) && /lock|rwsem|mutex/.test(t.wait.by ?? '');
}

/** Share of the window above which a disk counts as busy enough to keep lock holders waiting. */
const BUSY = 0.3;

/** The kernel's complaint that a thread was blocked for minutes, if recent. */
export function hungTaskOf(view: CaseView, t: StuckThread): Observation<'kernel-signal'> | null {
  const { pid, tid } = t.observation.fact;
  const ofThis = (o: Observation<'kernel-signal'>): boolean => o.fact.pid === tid || o.fact.pid === pid;
  return view.all('kernel-signal').find((o) => o.fact.signal === 'hung-task' && isFresh(view, o) && ofThis(o)) ?? null;
}

/** Disk activity under a mount; of every disk where the mount or its device is not known or has no disk of its own (overlay). */
function diskActivityFor(view: CaseView, mount: EntityId | null): readonly Observation<'disk-activity'>[] {
  const all = view.all('disk-activity');
  if (mount === null) return all;
  const devices = view.to(mount, 'on-device');
  const numbers = new Set([view.fact(mount, 'mount')?.majorMinor, ...devices.map((d) => d.slice('device:'.length))]);
  const own = all.filter((d) => numbers.has(d.fact.majorMinor));
  return own.length > 0 ? own : all;
}

/** Pids of our own disposable children that hang in a read. */
const ownReaders = memoised(
  (view: CaseView): ReadonlySet<number> => new Set(view.all('stuck-read').map((o) => o.fact.childPid)),
);
