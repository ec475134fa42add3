import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { formatDuration } from '../../text/units.ts';
import type { Assessment, Evidence, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { RELIST_THRESHOLD_MS } from '../support/kubelet.ts';
import { freshReady, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { presentSignals } from '../support/past-flaps.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';

/** `PLEG is not healthy: pleg was last seen active ... ago`. */
export const plegUnhealthy: State<SymptomState> = {
  id: 'pleg-unhealthy',
  title: say('PLEG is not healthy', 'PLEG 不健康'),
  assess,
  leadsTo: [
    {
      state: 'node-not-ready',
      mechanism: say(
        'The kubelet sets Ready to False while PLEG is unhealthy and back to True when a relist ends: for a relist of T minutes NotReady for T - 3 of every T. A list that never answers keeps it NotReady.',
        'PLEG 不健康期间 kubelet 将 Ready 置为 False，relist 结束后又恢复为 True：relist 耗时 T 分钟时，每 T 分钟中有 T - 3 分钟 NotReady。列表若永不应答，则一直 NotReady。',
      ),
      reference: REFERENCES.readyCondition,
      inevitable: true,
    },
  ],
};

function assess(view: CaseView): Assessment {
  const logged = presentSignals(view, 'pleg-unhealthy');
  const ready = freshReady(view);
  const stated = ready !== null && ready.fact.status === 'False' && /PLEG is not healthy/i.test(ready.fact.message);
  const metrics = view.all('kubelet-pleg').filter((o) => (o.fact.lastSeenAgeMs ?? 0) > RELIST_THRESHOLD_MS);
  const evidence: Evidence[] = [
    ...(stated && ready !== null ? [quoteReady(ready)] : []),
    ...metrics.map((o) => ageEvidence(o.id, o.fact.lastSeenAgeMs ?? 0)),
    ...logged.slice(-2).map((o) => quoteLine(view, o)),
  ];
  if (evidence.length === 0) {
    const fine = view.all('kubelet-pleg').filter((o) => o.fact.lastSeenAgeMs !== null);
    const against = fine.map((o) => ageEvidence(o.id, o.fact.lastSeenAgeMs ?? 0));
    return notSeen(against, fine.length > 0 ? [] : [missing('kubelet', view), missing('kubelet-log', view)]);
  }
  return held({
    status: 'confirmed',
    ...weigh('statedByComponent'),
    subjects: [entityId.node()],
    evidence,
    summary: say('The kubelet says that PLEG is not healthy.', 'kubelet 报告 PLEG 不健康。'),
  });
}

function ageEvidence(id: string, ageMs: number): Evidence {
  const age = formatDuration(ageMs);
  return cite(
    { id },
    say(`PLEG was last seen active ${age} ago; the threshold is 3m.`, `PLEG 上次活动在 ${age} 之前；阈值为 3m。`),
  );
}
