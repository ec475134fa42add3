import { entityId } from '../../evidence/entity.ts';
import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen } from '../support/assessment.ts';
import { CONFIDENCE } from '../support/confidence.ts';
import { freshReady, quoteHealth, quoteReady } from '../support/kubelet-word.ts';
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
    if (unknown === null && silent.length === 0) {
      const ok = view.all('kubelet-healthz').filter((o) => o.fact.outcome === 'ok');
      return notSeen(
        ok.map((o) => cite(o, say('The kubelet’s health check answers ok.', 'kubelet 的健康检查返回 ok。'))),
        ok.length > 0 ? [] : [missing('kubelet', view)],
      );
    }
    return held({
      status: unknown === null ? 'likely' : 'confirmed',
      confidence: unknown === null ? CONFIDENCE.circumstantial : CONFIDENCE.statedByComponent,
      subjects: [entityId.node()],
      evidence: [...(unknown === null ? [] : [quoteReady(unknown)]), ...silent.map(quoteHealth)],
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
