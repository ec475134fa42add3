import { entityId } from '../../evidence/entity.ts';
import type { State } from '../cause.ts';
import { cniNotReady } from '../cni-not-ready.ts';
import type { SymptomState } from '../slugs.ts';
import { held, notSeen } from '../support/assessment.ts';
import { CONFIDENCE } from '../support/confidence.ts';
import { freshReady, freshSignals, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';

/** The kubelet reports that the runtime's network is not ready. */
export const networkNotReady: State<SymptomState> = {
  id: 'network-not-ready',
  title: say('The kubelet reports the network as not ready', 'kubelet 报告网络未就绪'),
  assess: (view) => {
    const logged = freshSignals(view, 'network-not-ready');
    const ready = freshReady(view);
    const stated =
      ready?.fact.status === 'False' &&
      /network (?:plugin )?(?:is )?not ready|cni plugin not initialized/i.test(ready.fact.message);
    if (logged.length === 0 && !stated)
      return notSeen(cniNotReady.assess(view).against, [missing('kubelet-log', view)]);
    return held({
      status: 'confirmed',
      confidence: CONFIDENCE.statedByComponent,
      subjects: [entityId.node()],
      evidence: [...(stated ? [quoteReady(ready)] : []), ...logged.slice(-2).map((o) => quoteLine(view, o))],
      summary: say('The kubelet says that the network is not ready.', 'kubelet 报告网络未就绪。'),
    });
  },
  leadsTo: [
    {
      state: 'node-not-ready',
      mechanism: say(
        'The kubelet keeps Ready at False until the network is ready.',
        '网络就绪之前 kubelet 一直把 Ready 置为 False。',
      ),
      reference: REFERENCES.cni,
      inevitable: true,
    },
  ],
};
