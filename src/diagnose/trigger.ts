import type { CauseSlug } from '../causes/slugs.ts';
import { nameOf } from '../causes/support/names.ts';
import { listNames, say } from '../causes/support/say.ts';
import { podMates } from '../causes/support/status-calls.ts';
import type { EntityId } from '../evidence/entity.ts';
import { entityId } from '../evidence/entity.ts';
import type { FactOf, Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Trigger } from './diagnosis.ts';
import { toSubjects } from './subjects.ts';

/** Faults of single containers, which can lie hidden until something touches their pod. */
const OF_CONTAINERS: ReadonlySet<CauseSlug> = new Set([
  'storage-unresponsive',
  'unkillable-process',
  'zombie-not-reaped',
  'container-status-hung',
  'oci-runtime-hung',
  'cni-hung',
]);

/** What made the fault show; null where the evidence names nothing. */
export function findTrigger(view: CaseView, cause: CauseSlug, subjects: readonly EntityId[]): Trigger | null {
  if (!OF_CONTAINERS.has(cause)) return null;
  const containers = subjects.filter((id) => id.startsWith('container:'));
  return crashLoop(view, containers) ?? forcedDeletion(view, containers) ?? drain(view, containers, subjects);
}

/** A neighbour that crash-loops: each crash makes relist ask for the container at fault too. */
function crashLoop(view: CaseView, containers: readonly EntityId[]): Trigger | null {
  const mates = containers.flatMap((c) => podMates(view, c)).filter((m) => !containers.includes(m));
  const looping = lastAttempts(
    view,
    mates.filter((m) => isCrashing(view.fact(m, 'container'))),
  );
  const told = looping.length > 0 ? [] : loopingPods(view, containers);
  const names = listNames(looping.length > 0 ? looping.map((m) => nameOf(view, m)) : told.map((t) => t.name));
  if (names.en === '') return null;
  return {
    kind: 'crash-loop',
    text: say(
      `${names.en} of the same pod crash-loops: each crash makes the kubelet’s relist ask for every container of that pod.`,
      `同一 Pod 的 ${names.zh} 在 crash loop：每次崩溃都会让 kubelet 的 relist 查询该 Pod 的所有容器。`,
    ),
    subjects: toSubjects(view, looping.length > 0 ? looping : told.map((t) => t.pod)),
  };
}

/** A container of a pod that starts again is a new one at the runtime: of those that are still there, the last speaks for it. */
function lastAttempts(view: CaseView, containers: readonly EntityId[]): readonly EntityId[] {
  const last = new Map<string, { id: EntityId; attempt: number }>();
  for (const id of containers) {
    const own = view.fact(id, 'container')?.kubernetes;
    const key = own == null ? id : `${own.podUid}/${own.container}`;
    const attempt = own?.attempt ?? 0;
    if (attempt >= (last.get(key)?.attempt ?? 0)) last.set(key, { id, attempt });
  }
  return [...last.values()].map(({ id }) => id);
}

/** While relist hangs the kubelet starts nothing again: a loop then shows as a container that had been restarted and failed. */
function isCrashing(fact: FactOf<'container'> | null): boolean {
  if (fact === null) return false;
  const ended = (fact.state === 'exited' || fact.state === 'dead') && fact.exitCode !== null && fact.exitCode !== 0;
  return fact.crashLooping || (ended && (fact.kubernetes?.attempt ?? 0) > 0);
}

/** By the API server, where the runtime did not tell: another container of the pod waits in CrashLoopBackOff. */
function loopingPods(view: CaseView, containers: readonly EntityId[]): { name: string; pod: EntityId }[] {
  return containers.flatMap((container) => {
    const own = podOf(view, container);
    const mine = view.fact(container, 'container')?.kubernetes?.container;
    if (own === null) return [];
    const { namespace, name, waiting } = own.fact;
    return waiting
      .filter((w) => w.reason === 'CrashLoopBackOff' && w.container !== mine)
      .map((w) => ({ name: `${namespace}/${name}/${w.container}`, pod: own.about[0] ?? entityId.node() }));
  });
}

/** A pod deleted without grace is gone from the API server at once, while its containers are still here. */
function forcedDeletion(view: CaseView, containers: readonly EntityId[]): Trigger | null {
  const forced = containers.filter((c) => {
    const pod = podOf(view, c);
    if (pod !== null) return pod.fact.deletionRequestedAt !== null && pod.fact.gracePeriodSeconds === 0;
    return isGoneFromApi(view, c);
  });
  if (forced.length === 0) return null;
  const pods = listNames([...new Set(forced.map((c) => podName(view, c)))]);
  return {
    kind: 'forced-deletion',
    text: say(
      `Pod ${pods.en} was deleted by force: the API server has forgotten it, and what is left of it is still on the node.`,
      `Pod ${pods.zh} 被强制删除：API server 已没有它的记录，但其残留仍在节点上。`,
    ),
    subjects: toSubjects(view, forced),
  };
}

/** The node's pods were listed, and this container's is not among them by uid nor, as the mirror of a static pod, by name. */
function isGoneFromApi(view: CaseView, container: EntityId): boolean {
  const own = view.fact(container, 'container')?.kubernetes;
  const listed = view.all('node-object').length > 0 && view.gaps('node-pods').length === 0;
  if (own == null || !listed) return false;
  const sameName = view.all('pod-object').filter((o) => o.fact.namespace === own.namespace && o.fact.name === own.pod);
  return !sameName.some((o) => o.fact.ownerKind === 'Node');
}

function drain(view: CaseView, containers: readonly EntityId[], subjects: readonly EntityId[]): Trigger | null {
  const node = view.all('node-object').at(-1);
  if (node?.fact.unschedulable !== true) return null;
  const pods = subjects.filter((id) => id.startsWith('pod:')).map((id) => view.latest(id, 'pod-object'));
  const own = [...containers.map((c) => podOf(view, c)), ...pods].filter((o) => o !== null);
  const leaving = own.filter((o) => o.fact.deletionRequestedAt !== null);
  const names = listNames([...new Set(leaving.map(({ fact }) => `${fact.namespace}/${fact.name}`))]);
  if (leaving.length === 0) return null;
  return {
    kind: 'drain',
    text: say(
      `The node is being drained: ending ${names.en} met the fault.`,
      `节点正在 drain：终止 ${names.zh} 时遇到了该故障。`,
    ),
    subjects: toSubjects(
      view,
      leaving.flatMap((o) => o.about.slice(0, 1)),
    ),
  };
}

/** The pod of a container as the API server has it. */
function podOf(view: CaseView, container: EntityId): Observation<'pod-object'> | null {
  const uid = view.fact(container, 'container')?.kubernetes?.podUid;
  const ids = [...view.to(container, 'member-of'), ...(uid === undefined ? [] : [entityId.pod(uid)])];
  return ids.map((id) => view.latest(id, 'pod-object')).find((o) => o !== null) ?? null;
}

function podName(view: CaseView, container: EntityId): string {
  const own = view.fact(container, 'container')?.kubernetes;
  return own == null ? nameOf(view, container) : `${own.namespace}/${own.pod}`;
}
