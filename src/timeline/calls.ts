import { requestTimeoutMs } from '../causes/support/kubelet.ts';
import { nameOf } from '../causes/support/names.ts';
import type { EntityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Episode } from './episode.ts';
import { moment } from './make.ts';
import { mergeBySubject } from './merge.ts';
import { podInLine } from './pod-in-line.ts';
import { containerIn, containerName } from './subject.ts';

type Line = Observation<'log-signal'>;

/** Calls that wait for --runtime-request-timeout. Others, such as ExecSync and StopContainer, have deadlines of their own. */
const OF_RELIST = /^(?:ContainerStatus|PodSandboxStatus|GetPodStatus|ListContainers|ListPodSandbox|Version|Status)$/;
/** A relist asks the container that hangs again a second after the last timeout, and lists before it does. */
const NEXT_CALL_MS = 5000;
/** Two lines tell of one call: the client's with the container, then its caller's with the pod. */
const SAME_CALL_MS = 1000;
const SAME_TROUBLE_MS = 60_000;

/** Calls that ran into their timeout or hang now, for each container by itself: one that is asked again and again is one episode. */
export function hungCalls(view: CaseView): readonly Episode[] {
  const timeoutMs = requestTimeoutMs(view);
  const lines = view.all('log-signal').filter((o) => o.fact.signal === 'runtime-call-timeout');
  const whose = subjectsOf(view, lines);
  const logged = lines.map((line): Episode => {
    const waited = OF_RELIST.test(line.fact.call ?? 'Status') ? timeoutMs : 0;
    return moment('calls-hung', line, { from: line.at - waited, ...whose(line) });
  });
  const known = mergeBySubject(onePerCall(logged), NEXT_CALL_MS).map(asKept);
  // What hangs now and ran into its timeout in the last relist hangs on: that call is not logged before it ends.
  const now = mergeBySubject(liveCalls(view), NEXT_CALL_MS);
  const last = new Map(known.map((e) => [e.about, e]));
  const reaching = now.map((e): Episode => {
    const before = e.about === null ? undefined : last.get(e.about);
    return before !== undefined && e.from - before.to <= timeoutMs ? { ...e, from: Math.min(e.from, before.to) } : e;
  });
  return mergeBySubject([...known, ...reaching], NEXT_CALL_MS);
}

/** So many lines about one container, the last, are kept of a node's log (src/logs/collect.ts). */
const KEPT = 3;

/** Of calls that hung in more relists than lines are kept, the first is not known. */
function asKept(e: Episode): Episode {
  return e.about !== null && e.count === KEPT ? { ...e, begun: 'before' } : e;
}

/** Calls that failed at once. */
export function failedCalls(view: CaseView): readonly Episode[] {
  const lines = view.all('log-signal').filter((o) => o.fact.signal === 'runtime-call-failed');
  const whose = subjectsOf(view, lines);
  return mergeBySubject(
    lines.map((line) => moment('calls-failed', line, whose(line))),
    SAME_TROUBLE_MS,
  );
}

type Subject = Pick<Episode, 'subject' | 'about'>;

/** A line that names but a pod is about the container of it that another line of the same moment names. */
function subjectsOf(view: CaseView, lines: readonly Line[]): (line: Line) => Subject {
  const podAt = new Map<number, string>();
  for (const line of lines) {
    const pod = podInLine(line.fact.line);
    if (pod !== null && containerIn(line.about) === null) podAt.set(slot(line.at), pod);
  }
  const containerOfPod = new Map<string, EntityId>();
  const podOf = new Map<EntityId, string>();
  for (const line of lines) {
    const container = containerIn(line.about);
    const pod = podInLine(line.fact.line) ?? podAt.get(slot(line.at)) ?? null;
    if (container === null || pod === null) continue;
    containerOfPod.set(pod, container);
    podOf.set(container, pod);
  }
  return (line) => {
    const pod = podInLine(line.fact.line);
    const container = containerIn(line.about) ?? (pod === null ? null : (containerOfPod.get(pod) ?? null));
    if (container === null) return { about: null, subject: pod };
    return { about: container, subject: containerName(view, container, podOf.get(container) ?? pod) };
  };
}

function slot(at: number): number {
  return Math.floor(at / SAME_CALL_MS);
}

function onePerCall(calls: readonly Episode[]): readonly Episode[] {
  const seen = new Set<string>();
  return calls.filter((c) => {
    const whose = c.about ?? c.subject;
    const keys = [slot(c.to), slot(c.to) - 1, slot(c.to) + 1].map((s) => `${whose} ${s}`);
    const told = keys.some((k) => seen.has(k));
    seen.add(`${whose} ${slot(c.to)}`);
    return !told;
  });
}

/** Our own calls that were not answered: they hang now. */
function liveCalls(view: CaseView): readonly Episode[] {
  return view.all('call').flatMap((o): Episode[] => {
    const about = containerIn(o.about) ?? o.about[0] ?? null;
    if (o.fact.outcome !== 'timeout' || about === null) return [];
    const from = o.at - Math.max(0, o.fact.tookMs);
    return [moment('calls-hung', o, { from, to: view.now, ended: 'going-on', about, subject: nameOf(view, about) })];
  });
}
