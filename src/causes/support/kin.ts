import type { EntityId, Relation } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Effect } from '../cause.ts';

// Relations along which one fault concerns both ends. Left out are those that nearly everything shares (an engine,
// a pod's node, the mounts that a container merely has), which would connect every fault with every other.
const OF_ONE_FAULT: readonly Relation[] = [
  'of-process',
  'in-container',
  'runs',
  'supervises',
  'is-process',
  'listens-on',
  'waits-on',
  'on-device',
];

/** What one fault of these entities may concern: their threads, processes, containers, shims, mounts and devices. */
function kinOf(view: CaseView, ids: readonly EntityId[]): ReadonlySet<EntityId> {
  const seen = new Set<EntityId>(ids);
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const rel of OF_ONE_FAULT) {
      for (const next of [...view.to(id, rel), ...view.from(id, rel)]) {
        if (seen.has(next) || (isDevice(id) && isDevice(next))) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}

/** A disk that two filesystems share does not make them one. */
function isDevice(id: EntityId): boolean {
  return id.startsWith('device:');
}

/** The usual test whether a mechanism holds here: both concern the same thing, or things that one fault connects. */
export const sameFault: NonNullable<Effect['links']> = (from, to, view) => connected(view, from, to);

/** Whether subjects of two assessments are connected. */
export function connected(
  view: CaseView,
  from: Pick<Assessment, 'subjects'>,
  to: Pick<Assessment, 'subjects'>,
): boolean {
  const kin = kinOf(view, from.subjects);
  return to.subjects.some((id) => kin.has(id));
}

/** The containers a process belongs to: by its cgroup, by what the runtime says it runs, by the shim above it. */
export function containersOf(view: CaseView, process: EntityId): EntityId[] {
  const byShim = view
    .to(process, 'child-of')
    .flatMap((parent) => view.from(parent, 'is-process'))
    .flatMap((shim) => view.to(shim, 'supervises'));
  const byThread = view.from(process, 'of-process').flatMap((thread) => view.to(thread, 'in-container'));
  const direct = [...view.to(process, 'in-container'), ...view.from(process, 'runs'), ...byThread];
  // A shim may serve a whole pod: only where nothing says which container, all of them are named.
  return [...new Set(direct.length > 0 ? direct : byShim)];
}

/** Whether a container is paused: its tasks then sleep in the freezer, which is no fault. */
export function isPaused(view: CaseView, container: EntityId): boolean {
  if (view.fact(container, 'container')?.state === 'paused') return true;
  if (view.about(container, 'task').some((t) => /^PAUS/i.test(t.fact.status))) return true;
  return isFrozenByCgroup(view, container);
}

/** Whether the freezer of a cgroup holds this process or container. */
export function isFrozenByCgroup(view: CaseView, id: EntityId): boolean {
  return view
    .to(id, 'in-cgroup')
    .some((cgroup) => ['frozen', 'freezing'].includes(view.fact(cgroup, 'cgroup-frozen')?.state ?? 'thawed'));
}
