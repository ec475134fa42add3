import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { containersOf } from './kin.ts';
import { memoised } from './memo.ts';
import { type StuckThread, stuckThreads } from './stuck-threads.ts';

/** A process of a container that stays a zombie. */
export interface Zombie {
  readonly observation: Observation<'process'>;
  readonly id: EntityId;
  readonly pid: number;
  readonly ppid: number;
  readonly containers: readonly EntityId[];
  /** Threads of it that are still inside the kernel: until they end, wait(2) passes over it. */
  readonly threads: readonly StuckThread[];
  /** It is the container's init, by the runtime's word or as a child of its shim. */
  readonly isInit: boolean;
  /** The process that should reap it, if seen. */
  readonly parent: Observation<'process'> | null;
  /** The shim above it, if that is its parent. */
  readonly shim: EntityId | null;
}

/** Zombies seen in both samples that belong to a container. A zombie seen once only is waiting to be reaped. */
export const lastingZombies = memoised((view: CaseView): readonly Zombie[] =>
  view
    .all('process')
    .filter((o) => o.fact.state === 'Z' && o.fact.lasting)
    .map((o) => describeZombie(view, o))
    .filter((z) => z.containers.length > 0),
);

/**
 * Inits without any thread left, which a parent could reap. Left out: a leader that counts more threads, for they hold
 * it, or they work on: a main thread may end by itself and leave the others running (pthread_exit(3)); and one whose
 * exit is known without it.
 */
export function unreapedInits(view: CaseView): readonly Zombie[] {
  return lastingZombies(view).filter(
    (z) => z.isInit && z.threads.length === 0 && z.observation.fact.threads <= 1 && !isSettled(view, z),
  );
}

/**
 * The runtime has the container's exit all the same: once a shim is gone, containerd clears its task away and reports
 * the exit itself (containerd, runtime/v2/shim.go, cleanupAfterDeadShim). What is left, a PID 1 that reaps late or
 * never, costs one pid and holds nobody up.
 */
export function isSettled(view: CaseView, { shim, containers }: Zombie): boolean {
  return shim === null && containers.every((c) => view.fact(c, 'container')?.state === 'exited');
}

function describeZombie(view: CaseView, observation: Observation<'process'>): Zombie {
  const { pid, ppid, adopted } = observation.fact;
  const id = entityId.process(pid);
  const parentId = entityId.process(ppid);
  const shim =
    view.from(parentId, 'is-process').find((p) => p.startsWith('shim:')) ??
    (view.entity(entityId.shim(ppid)) === null ? null : entityId.shim(ppid));
  const containers = containersOf(view, id);
  const named = containers.some((c) => view.fact(c, 'container')?.pid === pid);
  return {
    observation,
    id,
    pid,
    ppid,
    containers,
    threads: stuckThreads(view).filter((t) => t.process === id),
    isInit: named || view.from(id, 'runs').length > 0 || shim !== null || adopted,
    parent: view.latest(parentId, 'process'),
    shim,
  };
}
