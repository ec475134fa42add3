import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { leaseEvidence, nodeLease } from '../support/cluster.ts';
import { freshReady, freshSignals, quoteHealth, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';

/** The control plane no longer hears from the kubelet. */
export const kubeletNotReporting: State<SymptomState> = {
  id: 'kubelet-not-reporting',
  title: say('The kubelet does not report', 'kubelet 没有上报'),
  assess: (view) => {
    const ready = freshReady(view);
    const silent = view
      .all('kubelet-healthz')
      .filter((o) => o.fact.outcome === 'timeout' || o.fact.outcome === 'error');
    const unknown = ready?.fact.status === 'Unknown' ? ready : null;
    const lease = nodeLease(view);
    const stale = lease?.stale ? [leaseEvidence(lease)] : [];
    const cut = freshSignals(view, 'api-server-unreachable', 'api-server-unauthorized').slice(-1);
    if (unknown === null && silent.length + stale.length + cut.length === 0) return reporting(view);
    // A kubelet that reports in time is heard, whatever else is odd about it.
    if (unknown === null && lease?.stale === false) return reporting(view);
    const sure = unknown !== null || stale.length > 0;
    return held({
      status: sure ? 'confirmed' : 'likely',
      ...weigh(sure ? 'statedByComponent' : 'circumstantial'),
      subjects: [entityId.node()],
      evidence: [
        ...(unknown === null ? [] : [quoteReady(unknown)]),
        ...stale,
        ...silent.map(quoteHealth),
        ...cut.map((o) => quoteLine(view, o)),
      ],
      summary: say('Nothing is heard from the kubelet.', '收不到 kubelet 的任何消息。'),
    });
  },
  leadsTo: [
    {
      state: 'node-not-ready',
      mechanism: say(
        'Without a renewed lease the control plane sets Ready to Unknown after the grace period (40 s, 50 s since 1.32).',
        'Lease 未续租，超过宽限期（40 秒，1.32 起 50 秒）后控制面将 Ready 置为 Unknown。',
      ),
      reference: REFERENCES.nodeLease,
      inevitable: true,
    },
  ],
};

function reporting(view: CaseView): Assessment {
  const ok = view.all('kubelet-healthz').filter((o) => o.fact.outcome === 'ok');
  const lease = nodeLease(view);
  const against = [
    ...(lease?.stale === false ? [leaseEvidence(lease)] : []),
    ...ok.map((o) => cite(o, say('The kubelet’s health check answers ok.', 'kubelet 的健康检查返回 ok。'))),
  ];
  return notSeen(against, against.length > 0 ? [] : [missing('kubelet', view)]);
}
