import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, State } from '../cause.ts';
import { cniNotReady } from '../cni-not-ready.ts';
import type { SymptomState } from '../slugs.ts';
import { held, notSeen, weigh } from '../support/assessment.ts';
import { freshReady, freshSignals, quoteLine, quoteReady } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';

/** The kubelet reports that the runtime's network is not ready. */
export const networkNotReady: State<SymptomState> = {
  id: 'network-not-ready',
  title: say('The kubelet reports the network as not ready', 'kubelet 报告网络未就绪'),
  assess,
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

function assess(view: CaseView): Assessment {
  const network = cniNotReady.assess(view);
  const logged = freshSignals(view, 'network-not-ready');
  const ready = freshReady(view);
  const stated =
    ready?.fact.status === 'False' &&
    /network (?:plugin )?(?:is )?not ready|cni plugin not initialized/i.test(ready.fact.message);
  // The runtime's own word of now is newer than any line.
  const over = !stated && network.against.length > 0;
  // containerd says so whenever it starts, too.
  const told = logged.filter((o) => o.fact.log === 'kubelet');
  if (told.length === 0 && !stated) return notSeen(network.against, [missing('kubelet-log', view)]);
  return held({
    status: over ? 'likely' : 'confirmed',
    ...weigh(over ? 'recentLog' : 'statedByComponent'),
    subjects: [entityId.node()],
    evidence: [...(stated ? [quoteReady(ready)] : []), ...told.slice(-2).map((o) => quoteLine(view, o))],
    against: over ? network.against : [],
    summary: over
      ? say('The kubelet said that the network was not ready; it is now.', 'kubelet 曾报告网络未就绪；现在已就绪。')
      : say('The kubelet says that the network is not ready.', 'kubelet 报告网络未就绪。'),
  });
}
