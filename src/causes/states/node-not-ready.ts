import { entityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { held, notSeen, weigh } from '../support/assessment.ts';
import { apiServerAnswers, quoteEvent, recentEvents } from '../support/cluster.ts';
import { freshReady, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { flapsEndedAt, presentSignals, since } from '../support/past-flaps.ts';
import { say } from '../support/say.ts';

/** The node is NotReady, or was within the last ten minutes: a flapping node is Ready most of the time. */
export const nodeNotReady: State<SymptomState> = {
  id: 'node-not-ready',
  title: say('The node is NotReady or flaps', '节点 NotReady 或反复抖动'),
  assess,
  leadsTo: [],
};

function assess(view: CaseView): Assessment {
  const ready = freshReady(view);
  const lost = presentSignals(view, 'node-became-not-ready');
  const events = recentEvents(view, /^NodeNotReady$/).filter((o) => o.about[0] === entityId.node());
  const told = since(flapsEndedAt(view), events);
  const now = ready !== null && ready.fact.status !== 'True';
  if (!now && lost.length === 0 && told.length === 0) {
    if (ready === null || isOutdated(view, ready)) return notSeen([], [missing('node-object', view)]);
    return notSeen([quoteReady(ready)]);
  }
  return held({
    status: 'confirmed',
    ...weigh('statedByComponent'),
    subjects: [entityId.node()],
    evidence: [
      ...(ready === null ? [] : [quoteReady(ready)]),
      ...lost.slice(-2).map((o) => quoteLine(view, o)),
      ...told.slice(0, 1).map(quoteEvent),
    ],
    summary: now
      ? say('The node is NotReady now.', '节点当前为 NotReady。')
      : say('The node became NotReady within the last 10 minutes.', '节点在最近 10 分钟内变为过 NotReady。'),
  });
}

/** A kubelet that said Ready in its log and cannot reach the API server does not know what the control plane says since. */
function isOutdated(view: CaseView, { fact }: Observation<'node-ready'>): boolean {
  return fact.by !== 'node-object' && apiServerAnswers(view).some((o) => o.fact.outcome !== 'ok');
}
