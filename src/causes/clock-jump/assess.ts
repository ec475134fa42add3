import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { apiServerAnswers, leaseEvidence, nodeLease } from '../support/cluster.ts';
import { freshKernel, isPasted, quoteKernel } from '../support/kernel-word.ts';
import { freshReady, freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { lacking } from '../support/lacking.ts';
import { say } from '../support/say.ts';
import { stepMs } from './step.ts';

type Line = Observation<'log-signal'>;

/** A lease lasts 40 s and is renewed every 10 s: a step of less is made up for before anyone misses it. */
const LOSES_LEASE_MS = 30_000;

/** Holds steps and disagreements of clocks against the case. */
export function assessClock(view: CaseView): Assessment {
  const told = freshSignals(view, 'clock-wrong');
  const large = told.filter((o) => Math.abs(stepMs(o.fact.line) ?? 0) >= LOSES_LEASE_MS);
  const ahead = [...leaseAhead(view), ...apart(view), ...setByHand(view)];
  const unstable = freshKernel(view, 'clock-unstable');
  if (told.length + ahead.length + unstable.length === 0)
    return notSeen(inTime(view), lacking(view, { 'node-object': ['node-lease'] }), 'node-object');
  const backwards = told.filter((o) =>
    /jumped backwards|is before \d|not valid yet|LastHeartbeatTime/.test(o.fact.line),
  );
  const strong = [...large, ...backwards];
  // A clock that is wrong by the same all the time does no harm: the control plane holds a lease against the one before.
  const ready = freshReady(view);
  const lost = ready !== null && ready.fact.status !== 'True';
  const likely = ahead.length + strong.length > 0 && (lost || isPasted(view));
  return held({
    status: likely ? 'likely' : 'possible',
    ...weigh(likely ? (ahead.length > 0 && strong.length > 0 ? 'heldProcess' : 'recentLog') : 'hint'),
    subjects: [entityId.node()],
    evidence: [
      ...ahead,
      ...(strong.length > 0 ? strong : told).slice(-3).map((o) => quoteLine(view, o)),
      ...unstable.slice(-1).map((o) => quoteKernel(view, o)),
    ],
    missing: lacking(view, { 'node-object': ['node-lease'] }),
    summary: summarise(large.at(-1) ?? null, ahead),
  });
}

/** Renewed later than now: by the clock that renewed it, or by this one, the time is wrong. */
function leaseAhead(view: CaseView): readonly Evidence[] {
  const lease = view.all('node-lease').at(-1);
  const renewedAt = lease?.fact.renewedAt ?? null;
  if (lease === undefined || renewedAt === null || renewedAt - lease.at < LOSES_LEASE_MS) return [];
  const by = formatDuration(renewedAt - lease.at);
  return [
    cite(lease, say(`The node’s lease was renewed ${by} in the future.`, `节点 Lease 的续租时间在 ${by} 之后的未来。`)),
  ];
}

/** This host and the API server do not agree on the time. */
function apart(view: CaseView): readonly Evidence[] {
  return apiServerAnswers(view).flatMap((o) => {
    const { clockAheadMs = 0, server } = o.fact;
    if (Math.abs(clockAheadMs) < LOSES_LEASE_MS) return [];
    const by = formatDuration(Math.abs(clockAheadMs));
    const [en, zh] = clockAheadMs > 0 ? ['behind', '慢'] : ['ahead of', '快'];
    return [cite(o, say(`The clock here is ${by} ${en} that of ${server}.`, `本机时钟比 ${server} ${zh} ${by}。`))];
  });
}

/** Far from the hardware clock and not synchronised: somebody set it. */
function setByHand(view: CaseView): readonly Evidence[] {
  return view
    .all('clock')
    .filter((o) => o.fact.synchronised === false && Math.abs(o.fact.rtcAheadMs ?? 0) >= LOSES_LEASE_MS)
    .map((o) => {
      const by = formatDuration(Math.abs(o.fact.rtcAheadMs ?? 0));
      return cite(
        o,
        say(
          `The clock is not synchronised, and ${by} off that of the hardware.`,
          `时钟没有同步，与硬件时钟相差 ${by}。`,
        ),
      );
    });
}

function inTime(view: CaseView): readonly Evidence[] {
  const agreed = apiServerAnswers(view).filter((o) => o.fact.clockAheadMs !== undefined);
  const text = say('This host and the API server agree on the time.', '本机与 API server 的时间一致。');
  const lease = nodeLease(view);
  return [...agreed.map((o) => cite(o, text)), ...(lease === null || lease.stale ? [] : [leaseEvidence(lease)])];
}

function summarise(largest: Line | null, ahead: readonly Evidence[]): Assessment['summary'] & object {
  const step = largest === null ? null : stepMs(largest.fact.line);
  if (step !== null) {
    const by = formatDuration(Math.abs(step));
    return say(`The clock was off, or was set, by ${by}.`, `时钟偏差或被调整了 ${by}。`);
  }
  if (ahead.length > 0)
    return say('The clock of this node and that of its cluster do not agree.', '本节点与集群的时钟不一致。');
  return say('The clock was set, or is not to be trusted.', '时钟被调整过，或不可信。');
}
