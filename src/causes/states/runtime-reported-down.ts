import { entityId } from '../../evidence/entity.ts';
import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { held, notSeen, weigh } from '../support/assessment.ts';
import { quoteLine, quoteReady, runtimeDownWord } from '../support/kubelet-word.ts';
import { missing } from '../support/missing.ts';
import { readyBackAt, since } from '../support/past-flaps.ts';
import { REFERENCES } from '../support/references.ts';
import { say } from '../support/say.ts';

/** `container runtime is down`: the kubelet's word, long before PLEG's three minutes are over. */
export const runtimeReportedDown: State<SymptomState> = {
  id: 'runtime-reported-down',
  title: say('The kubelet reports its container runtime as down', 'kubelet 报告容器运行时不可用'),
  assess: (view) => {
    const word = runtimeDownWord(view);
    const { stated } = word;
    // The kubelet says Ready only after its own status check of the runtime has succeeded.
    const logged = since(readyBackAt(view), word.logged);
    if (stated === null && logged.length === 0) return notSeen([], [missing('kubelet-log', view)]);
    return held({
      status: 'confirmed',
      ...weigh('statedByComponent'),
      subjects: [entityId.node()],
      evidence: [...(stated === null ? [] : [quoteReady(stated)]), ...logged.slice(-2).map((o) => quoteLine(view, o))],
      summary: say(
        'The kubelet says that its container runtime is down.',
        'kubelet 报告容器运行时不可用（container runtime is down）。',
      ),
    });
  },
  leadsTo: [
    {
      state: 'node-not-ready',
      mechanism: say(
        'The kubelet keeps Ready at False until a status check of the runtime succeeds again.',
        '对运行时的状态检查重新成功之前，kubelet 一直把 Ready 置为 False。',
      ),
      reference: REFERENCES.readyCondition,
      inevitable: true,
    },
  ],
};
