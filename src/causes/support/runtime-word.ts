import { entityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { held, weigh } from './assessment.ts';
import { quoteEvent, recentEvents } from './cluster.ts';
import { engines } from './engines.ts';
import { freshReady, freshSignals, quoteLine, quoteReady, runtimeDownWord } from './kubelet-word.ts';
import { missing } from './missing.ts';
import { say } from './say.ts';

/** Words that only a socket without a listener gives; a daemon that hangs does not refuse. */
const NOBODY =
  /connect: (?:connection refused|no such file)|Cannot connect to the Docker daemon|dial unix \S{1,200}: connect: no such file/i;
const NO_NETWORK_WORD = /runtime network not ready.{0,80}rpc error/i;

/** What is known of the runtime only through the kubelet: the host was not looked at. */
export interface RuntimeWord {
  readonly evidence: readonly Evidence[];
  /** By words that a live daemon does not give. */
  readonly refused: boolean;
}

/**
 * The kubelet's own word that its runtime is down, where no endpoint was called here. It says the same of a daemon that
 * is gone and of one that does not answer for 30 s (updateRuntimeUp in pkg/kubelet/kubelet.go @ v1.20.2).
 */
export function runtimeWord(view: CaseView): RuntimeWord | null {
  if (engines(view).length > 0 || view.all('component').some((o) => o.fact.name !== 'kubelet')) return null;
  const ready = freshReady(view);
  const unasked = ready?.fact.status === 'False' && NO_NETWORK_WORD.test(ready.fact.message) ? ready : null;
  const stated = runtimeDownWord(view).stated ?? unasked;
  const logged = freshSignals(view, 'runtime-down').slice(-2);
  if (stated === null && logged.length === 0) return null;
  const events = recentEvents(view, /FailedCreatePodSandBox|FailedKillPod|FailedSync/).filter((o) =>
    NOBODY.test(o.fact.message),
  );
  const refused =
    events.length > 0 || logged.some((o) => NOBODY.test(o.fact.line)) || NOBODY.test(stated?.fact.message ?? '');
  return {
    refused,
    evidence: [
      ...(stated === null ? [] : [quoteReady(stated)]),
      ...logged.map((o) => quoteLine(view, o)),
      ...events.slice(0, 1).map(quoteEvent),
    ],
  };
}

/** Likely by the kubelet's word alone; what only the node shows would confirm it. */
export function byRuntimeWord(view: CaseView, { evidence }: RuntimeWord, kind: 'down' | 'silent'): Assessment {
  return held({
    status: 'likely',
    ...weigh('recentLog'),
    subjects: [entityId.node()],
    evidence,
    missing: [missing('components', view)],
    summary:
      kind === 'down'
        ? say('The kubelet finds nobody at the runtime’s socket.', 'kubelet 发现运行时的 socket 无人监听。')
        : say(
            'The kubelet says that its container runtime is down or does not answer.',
            'kubelet 报告容器运行时不可用或没有应答。',
          ),
  });
}
