import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Evidence } from '../cause.ts';
import { cite } from './assessment.ts';
import { componentNameOf } from './components.ts';
import { shortName } from './known-bugs.ts';
import { say } from './say.ts';

type Stacks = Observation<'goroutines'>;

/** Locks change hands in microseconds: who has waited for minutes waits for somebody who will not let go. */
const STUCK_MINUTES = 2;

/** What a dump of a daemon's stacks shows of its locks. */
export interface LockSight {
  readonly component: EntityId;
  readonly name: string;
  /** Who waits for a lock, the longest first. */
  readonly waiters: readonly Stacks[];
  /** Who works on what is locked, and waits for something else. */
  readonly holders: readonly Stacks[];
  /** A holder, or where none is told any goroutine, waits for another process: the lock is held on its behalf. */
  readonly forOthers: readonly Stacks[];
}

/** Calls to what is outside the daemon: a shim, another daemon, a program, a file, the network. */
const OUTSIDE =
  /ttrpc\.|grpc\.|grpc\/transport|os\/exec|reaper|\(\*Cmd\)\.Wait|fifo\.|\(\*process\)\.(?:Start|Delete|Kill|Wait)|\(\*task\)\.|remote\w*\.|\/cri\/remote|libdocker|go-dockerclient|unix\.|mount\.|sd_?bus|dbus\./i;

/** Daemons whose dumps show goroutines that have waited for a lock for minutes. */
export function lockSights(view: CaseView): readonly LockSight[] {
  const byComponent = Map.groupBy(view.all('goroutines'), (o) => o.about[0] ?? entityId.node());
  return [...byComponent].flatMap(([component, stacks]): LockSight[] => {
    const waiters = stacks
      .filter((o) => o.fact.waitsForLock && o.fact.minutes >= STUCK_MINUTES)
      .toSorted((a, b) => b.fact.minutes - a.fact.minutes);
    if (waiters.length === 0) return [];
    const holders = stacks.filter((o) => o.fact.holdsLock === true);
    const name = componentNameOf(component) ?? 'daemon';
    const others = holders.length > 0 ? holders : [];
    return [{ component, name, waiters, holders, forOthers: others.filter(waitsOutside) }];
  });
}

function waitsOutside(o: Stacks): boolean {
  return o.fact.wait === 'IO wait' || o.fact.wait === 'syscall' || o.fact.stack.some((name) => OUTSIDE.test(name));
}

/** How many goroutines wait for locks. */
export function waiting({ waiters }: LockSight): number {
  return waiters.reduce((sum, o) => sum + o.fact.count, 0);
}

/** Who waits and who holds, with how long. */
export function lockEvidence({ waiters, holders, name }: LockSight): Evidence[] {
  return [
    ...holders
      .slice(0, 2)
      .map((o) =>
        cite(
          o,
          say(
            `${name}: what works on the locked object is in ${where(o)}, waiting (${o.fact.wait}) for ${o.fact.minutes} min.`,
            `${name}：持有被锁对象的 goroutine 停在 ${where(o)}（${o.fact.wait}），已 ${o.fact.minutes} 分钟。`,
          ),
        ),
      ),
    ...waiters
      .slice(0, 3)
      .map((o) =>
        cite(
          o,
          say(
            `${name}: ${o.fact.count} in ${where(o)} ${o.fact.count === 1 ? 'waits' : 'wait'} for a lock, the longest for ${o.fact.minutes} min.`,
            `${name}：有 ${o.fact.count} 个 goroutine 在 ${where(o)} 等锁，最久 ${o.fact.minutes} 分钟。`,
          ),
        ),
      ),
  ];
}

function where(o: Stacks): string {
  return shortName(o.fact.stack[0]);
}
