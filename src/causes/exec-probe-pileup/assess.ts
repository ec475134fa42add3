import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, isFresh, notSeen, weigh } from '../support/assessment.ts';
import { quoteEvent } from '../support/cluster.ts';
import { shortName } from '../support/known-bugs.ts';
import { freshReady, freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { type OciProcess, ociProcesses } from '../support/oci-processes.ts';
import { count, listNames, say } from '../support/say.ts';

/** From so many on execs pile up: a probe of a healthy container has one at a time, for a fraction of a second. */
const PILE = 8;
/** Calls of one kind that wait in a daemon. */
const PILED_CALLS = 20;
/** Exec calls that timed out in the last ten minutes. */
const OFTEN = 5;

/** Traces of execs that pile up. */
interface Pile {
  readonly processes: readonly OciProcess[];
  readonly calls: readonly Observation<'goroutines'>[];
  readonly lines: readonly Observation<'log-signal'>[];
  readonly events: readonly Observation<'cluster-event'>[];
}

const OF_EXEC = /\bExecSync\b|execInContainer|ContainerExecStart|\(\*execProcess\)|execManager|ProcessExec/i;

function pileOf(view: CaseView): Pile {
  return {
    processes: ociProcesses(view).filter((p) => p.verb === 'exec' || p.verb === 'init'),
    calls: view.all('goroutines').filter((o) => o.fact.stack.some((name) => OF_EXEC.test(name))),
    lines: freshSignals(view, 'exec-timeout'),
    events: view
      .all('cluster-event')
      .filter((o) => isFresh(view, o) && o.fact.reason === 'Unhealthy')
      .filter((o) => /probe errored.{0,120}Deadline/i.test(o.fact.message))
      .filter((o) => !/timeout \S{1,12} exceeded/.test(o.fact.message)),
  };
}

/** Holds piles of execs against the case. */
export function assessPileup(view: CaseView): Assessment {
  const pile = pileOf(view);
  const waiting = pile.calls.reduce((sum, o) => sum + o.fact.count, 0);
  const piled = pile.processes.length >= PILE || waiting >= PILED_CALLS;
  if (piled) return assessPile(view, pile);
  const times = pile.lines.length + pile.events.reduce((sum, o) => sum + o.fact.count, 0);
  if (times > 0) return told(view, pile, times);
  return inOrder(view, pile);
}

function assessPile(view: CaseView, pile: Pile): Assessment {
  const felt = isFelt(view);
  const containers = containersOf(pile);
  const names = listNames(containers.map((c) => nameOf(view, c)));
  const waiting = pile.calls.reduce((sum, o) => sum + o.fact.count, 0);
  const n = Math.max(pile.processes.length, waiting);
  const [en, zh] = names.en === '' ? ['', ''] : [` in ${names.en}`, `（${names.zh}）`];
  return held({
    status: felt ? 'confirmed' : 'likely',
    ...weigh(felt ? 'shortageFelt' : 'heldProcess'),
    subjects: [...containers, ...pile.processes.slice(0, 8).map((p) => p.id)],
    evidence: [...processEvidence(pile), ...pile.calls.slice(0, 2).map(callEvidence), ...quotes(view, pile)],
    missing: missingOf(view, ['processes', 'node-pods']),
    summary: say(
      `${count(n, 'exec')} ${n === 1 ? 'is' : 'are'} under way at once${en}: they are started faster than they end.`,
      `同时有 ${n} 个 exec 在进行${zh}：启动的速度超过了结束的速度。`,
    ),
  });
}

function processEvidence({ processes }: Pile): Evidence[] {
  const [oldest] = processes.toSorted((a, b) => (b.ageMs ?? 0) - (a.ageMs ?? 0));
  if (oldest === undefined) return [];
  const age = oldest.ageMs === null ? null : formatDuration(oldest.ageMs);
  return [
    cite(
      oldest.observation,
      say(
        `${count(processes.length, 'process', 'processes')} of runc exec or its init ${processes.length === 1 ? 'is' : 'are'} there${age === null ? '' : `, the oldest for ${age}`}.`,
        `有 ${processes.length} 个 runc exec 或其 init 进程${age === null ? '' : `，最久已 ${age}`}。`,
      ),
    ),
  ];
}

function callEvidence(o: Observation<'goroutines'>): Evidence {
  const { count: n, minutes, stack } = o.fact;
  const where = shortName(stack.find((name) => OF_EXEC.test(name)));
  return cite(
    o,
    say(
      `${n} goroutines wait in ${where}, the longest for ${minutes} min.`,
      `有 ${n} 个 goroutine 停在 ${where}，最久 ${minutes} 分钟。`,
    ),
  );
}

function quotes(view: CaseView, { lines, events }: Pile): Evidence[] {
  return [...lines.slice(-2).map((o) => quoteLine(view, o)), ...events.slice(-2).map(quoteEvent)];
}

/** By the word of kubelet and events alone: many execs that time out, of which it is not seen whether they pile up. */
function told(view: CaseView, pile: Pile, times: number): Assessment {
  const often = times >= OFTEN;
  // Where calls about containers time out too, the execs suffer from what they suffer from.
  const alone = freshSignals(view, 'runtime-call-timeout', 'relist-failed').length === 0;
  const likely = often && alone && isFelt(view);
  return held({
    status: likely ? 'likely' : 'possible',
    ...weigh(likely ? 'recentLog' : 'hint'),
    subjects: containersOf(pile),
    evidence: quotes(view, pile),
    missing: missingOf(view, ['processes', 'containerd']),
    summary: say(
      `Exec probes timed out ${count(times, 'time')} in the last 10 minutes.`,
      `最近 10 分钟内 exec 探针超时 ${times} 次。`,
    ),
  });
}

function containersOf({ processes, lines }: Pile): readonly EntityId[] {
  const byProcess = processes.flatMap((p) => p.container ?? []);
  const byLine = lines.flatMap((o) => o.about.filter((id) => id.startsWith('container:')));
  const found = [...new Set([...byProcess, ...byLine])];
  return found.length > 0 ? found : [entityId.node()];
}

/** Calls hang or Ready is lost. */
function isFelt(view: CaseView): boolean {
  if (view.all('call').some((o) => o.fact.outcome === 'timeout')) return true;
  if (freshReady(view)?.fact.status === 'False') return true;
  return freshSignals(view, 'pleg-unhealthy', 'runtime-down', 'runtime-call-timeout', 'relist-failed').length > 0;
}

function inOrder(view: CaseView, pile: Pile): Assessment {
  const counts = view.all('process-counts').at(-1);
  const against =
    counts === undefined
      ? []
      : [
          cite(
            counts,
            say(
              `${count(pile.processes.length, 'exec')} under way when looked at.`,
              `检查时正在进行的 exec 有 ${pile.processes.length} 个。`,
            ),
          ),
        ];
  return notSeen(against, missingOf(view, ['processes']), 'processes');
}
