import type { EntityId } from '../../evidence/entity.ts';
import type { FactOf, Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { listNames } from './say.ts';

export type ComponentName = FactOf<'component'>['name'];

/** A daemon of the chain that runs, with the newest fact about it. */
export interface RunningComponent {
  readonly id: EntityId;
  readonly name: ComponentName;
  readonly observation: Observation<'component'>;
}

/** The daemons seen running, each once. A zombie is none: it has ended, whether or not somebody reaps it. */
export function runningComponents(view: CaseView): readonly RunningComponent[] {
  const byId = new Map<EntityId, RunningComponent>();
  for (const observation of view.all('component')) {
    const id = observation.about[0];
    if (id !== undefined && !isDead(observation)) byId.set(id, { id, name: observation.fact.name, observation });
  }
  return [...byId.values()];
}

/** Ended: a zombie or what is left of one. */
export function isDead({ fact }: Observation<'component'>): boolean {
  return fact.state === 'Z' || fact.state === 'X';
}

/** `dockerd` of `component:dockerd@711`; null for other entities. */
export function componentNameOf(id: EntityId): string | null {
  return /^component:(.+)@[^@]*$/.exec(id)?.[1] ?? null;
}

/** Whether two lists name a component of one name: a daemon that died and the place where it is missing have different ids. */
export function shareComponent(a: readonly EntityId[], b: readonly EntityId[]): boolean {
  const names = new Set(a.map(componentNameOf).filter((n) => n !== null));
  return b.some((id) => names.has(componentNameOf(id) ?? ''));
}

/** The cgroups a component runs in and those above them that the case file knows: a limit of any of them binds it. */
export function cgroupsOf(view: CaseView, component: EntityId): readonly EntityId[] {
  const own = view.to(component, 'in-cgroup');
  const above = view
    .entities('cgroup')
    .map((e) => e.id)
    .filter((id) => !own.includes(id) && own.some((o) => isWithin(o, id)));
  return [...own, ...above];
}

/** A cgroup that binds daemons, because they run in it or below it. */
export interface BindingCgroup {
  readonly id: EntityId;
  readonly daemons: readonly RunningComponent[];
  /** Those that run in it directly: what is measured there is theirs, not others'. */
  readonly inside: readonly RunningComponent[];
}

/** The cgroups whose limits bind daemons, each once. */
export function bindingCgroups(view: CaseView): readonly BindingCgroup[] {
  const all = runningComponents(view);
  const ids = new Set(all.flatMap((c) => cgroupsOf(view, c.id)));
  return [...ids].map((id) => ({
    id,
    daemons: all.filter((c) => cgroupsOf(view, c.id).includes(id)),
    inside: all.filter((c) => isInnermost(view.to(c.id, 'in-cgroup'), id)),
  }));
}

// A daemon is linked to the cgroups above its own as well, for they limit it too.
function isInnermost(linked: readonly EntityId[], id: EntityId): boolean {
  return linked.includes(id) && !linked.some((other) => isWithin(other, id));
}

/** Whether a cgroup lies below another: `/system.slice/docker.service` below `/system.slice`. */
export function isWithin(child: EntityId, parent: EntityId): boolean {
  return child.length > parent.length && child.startsWith(parent.endsWith('/') ? parent : `${parent}/`);
}

/** The sockets a daemon answers on: by its links, else by what daemons of its name speak. */
export function enginesOf(view: CaseView, component: RunningComponent): readonly EntityId[] {
  const linked = view.to(component.id, 'listens-on').filter((id) => id.startsWith('engine:'));
  if (linked.length > 0) return [...new Set(linked)];
  return view
    .entities('engine')
    .map((e) => e.id)
    .filter((id) => KINDS[component.name].includes(id.split(':')[1] ?? '') && view.from(id, 'listens-on').length === 0);
}

const KINDS: Readonly<Record<ComponentName, readonly string[]>> = {
  dockerd: ['docker'],
  containerd: ['containerd', 'cri'],
  crio: ['cri'],
  'cri-dockerd': ['cri'],
  kubelet: [],
};

/** The daemons that wait for this one when they answer. */
export function callersOf(view: CaseView, component: RunningComponent): readonly RunningComponent[] {
  const all = runningComponents(view);
  if (component.name === 'dockerd') return all.filter((c) => c.name === 'cri-dockerd');
  if (component.name !== 'containerd') return [];
  const { startedBy } = component.observation.fact;
  // dockerd calls the containerd that it started; a containerd of the system is its only if it started none.
  return all.filter((c) => {
    if (c.name !== 'dockerd') return false;
    const { pid } = c.observation.fact;
    const ownOne = all.some((o) => o.name === 'containerd' && o.observation.fact.startedBy === pid);
    return ownOne ? startedBy === pid : true;
  });
}

/** Names of daemons for a sentence, each once: a host may run several of one name. */
export function namesOf(daemons: readonly RunningComponent[]): Text {
  return listNames([...new Set(daemons.map((d) => d.name))], 5);
}

/** Whether a fact is about the host as a whole. */
export function isHost(about: readonly EntityId[]): boolean {
  return about[0] === undefined || about[0].startsWith('node:');
}
