import type { CaseView } from '../evidence/view.ts';
import type { Episode } from './episode.ts';
import { moment } from './make.ts';

/** Deletions that were asked for and are not through, by the API server's word. */
export function pendingDeletions(view: CaseView): readonly Episode[] {
  return view.all('pod-object').flatMap((o): Episode[] => {
    const { deletionRequestedAt, gracePeriodSeconds, namespace, name } = o.fact;
    if (deletionRequestedAt === null || deletionRequestedAt > view.now) return [];
    const kind = gracePeriodSeconds === 0 ? 'pod-force-deleted' : 'pod-deleted';
    const of = { subject: `${namespace}/${name}`, about: o.about[0] ?? null };
    return [moment(kind, o, { from: deletionRequestedAt, to: view.now, ended: 'going-on', ...of })];
  });
}

/** Containers that wait in CrashLoopBackOff, and those that the runtime saw end again and again. */
export function crashLoops(view: CaseView): readonly Episode[] {
  const waiting = view.all('pod-object').flatMap((o): Episode[] => {
    const loops = o.fact.waiting.some((w) => w.reason === 'CrashLoopBackOff');
    return loops ? [loop(view, o, `${o.fact.namespace}/${o.fact.name}`, o.at)] : [];
  });
  const seen = view.all('container').flatMap((o): Episode[] => {
    const { kubernetes, crashLooping, name, finishedAt, startedAt, createdAt } = o.fact;
    if (!crashLooping) return [];
    const pod = kubernetes === null ? name : `${kubernetes.namespace}/${kubernetes.pod}`;
    return [loop(view, o, pod, Math.min(o.at, createdAt ?? startedAt ?? finishedAt ?? o.at))];
  });
  return [...waiting, ...seen];
}

function loop(view: CaseView, o: { readonly id: string; readonly at: number }, subject: string, from: number): Episode {
  return moment('crash-loop', o, { from, to: view.now, ended: 'going-on', subject });
}

/** Containers that the runtime says ended, and those of them that the kernel killed for want of memory. */
export function endedContainers(view: CaseView): readonly Episode[] {
  return view.all('container').flatMap((o): Episode[] => {
    const { finishedAt, state, isSandbox, kubernetes, name, oomKilled } = o.fact;
    if (isSandbox || finishedAt === null || (state !== 'exited' && state !== 'dead')) return [];
    const subject = kubernetes === null ? name : `${kubernetes.namespace}/${kubernetes.pod}/${kubernetes.container}`;
    const kind = oomKilled === true ? 'oom-kill' : 'container-died';
    return [moment(kind, { id: o.id, at: finishedAt }, { subject, about: o.about[0] ?? null })];
  });
}

/** Cordons, by the events that `kubectl cordon` and the node controller bring about. */
export function cordons(view: CaseView): readonly Episode[] {
  return view
    .all('cluster-event')
    .filter((o) => o.fact.reason === 'NodeNotSchedulable' && o.about[0]?.startsWith('node:') === true)
    .map((o) => moment('cordoned', o));
}

/** Deletions this close to each other, on a node that takes no new pods, are a drain. */
const DRAIN_MS = 5 * 60_000;

/** `kubectl drain` is a cordon and an eviction of each pod; nothing records it as one. */
export function drains(view: CaseView, deletions: readonly Episode[]): readonly Episode[] {
  const cordoned = view.all('node-object').at(-1);
  const first = deletions.at(0);
  if (cordoned?.fact.unschedulable !== true || first === undefined) return [];
  const last = deletions.reduce((a, b) => (b.from > a.from ? b : a));
  const own = deletions.filter((d) => last.from - d.from <= DRAIN_MS);
  const from = own.reduce((a, d) => Math.min(a, d.from), last.from);
  const going = own.some((d) => d.ended === 'going-on');
  const to = going ? view.now : last.to;
  return [moment('drain', cordoned, { from, to, ended: going ? 'going-on' : 'seen', count: own.length })];
}
