import type { CauseSlug } from '../../causes/slugs.ts';
import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import type { ClusterAct } from '../act.ts';
import type { Prediction } from '../step.ts';
import type { NodeView } from './case-facts.ts';
import { commandOf } from './command-of.ts';
import type { PlanContext } from './plan.ts';
import { clusterStep, type Draft } from './step-of.ts';

/** Causes that sit at the control plane or on the way to it: nothing done to this node's pods helps. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'control-plane-unreachable',
  'control-plane-overloaded',
  'certificate-expired',
] satisfies CauseSlug[]);

export function isElsewhere(cause: string | null): boolean {
  return cause !== null && ELSEWHERE.has(cause);
}

/** The steps that take the business elsewhere, to be put before the first step that disturbs it. */
export interface Relief {
  readonly cordon: readonly Draft[];
  readonly drain: readonly Draft[];
  readonly notes: readonly Text[];
}

const NO_RELIEF: Relief = { cordon: [], drain: [], notes: [] };

/** @param node null where the API server was not seen: then there is nothing to cordon by */
export function relief(node: NodeView | null, context: PlanContext): Relief {
  if (node === null) return NO_RELIEF;
  const { name } = node;
  const drain: ClusterAct = {
    kind: 'drain',
    node: name,
    consent: context.consent,
    deadlineMs: context.drainDeadlineMs,
  };
  return {
    cordon: node.unschedulable ? [] : [clusterStep({ kind: 'cordon', node: name }, 'relieve')],
    drain: [...roomSteps(context), clusterStep(drain, 'relieve', drainPrediction(context))],
    notes: roomNotes(context),
  };
}

function roomSteps({ capacity, takeCapacity }: PlanContext): readonly Draft[] {
  if (capacity === null || capacity.fits || !takeCapacity) return [];
  return capacity.offers.flatMap(({ acts }) => acts.map((act) => clusterStep(act, 'relieve')));
}

function drainPrediction({ capacity }: PlanContext): Prediction {
  if (capacity?.fits === true) {
    return {
      outcome: 'works',
      why: say(
        'Simulated: all of them fit on the other nodes. A pod whose container cannot be stopped stays Terminating.',
        '经模拟，其他节点容得下全部 Pod。容器停不掉的 Pod 会一直 Terminating。',
      ),
    };
  }
  const why =
    capacity === null
      ? say(
          'Whether the pods fit elsewhere was not simulated. A pod whose container cannot be stopped stays Terminating.',
          '尚未模拟其他节点是否容得下这些 Pod。容器停不掉的 Pod 会一直 Terminating。',
        )
      : say(
          `${capacity.misfits.length} of its pods fit nowhere else as things are and would stay Pending.`,
          `按现状有 ${capacity.misfits.length} 个 Pod 无处可去，会一直 Pending。`,
        );
  return { outcome: 'may-work', why };
}

function roomNotes({ capacity, takeCapacity }: PlanContext): readonly Text[] {
  if (capacity === null) return [];
  if (capacity.fits) return capacity.unknown;
  const misfits = capacity.misfits
    .slice(0, 5)
    .map(({ pod, why }) => say(`${pod} fits on no other node: ${why.en}`, `${pod} 在其他节点放不下：${why.zh}`));
  const offers = takeCapacity ? [] : capacity.offers.map(offerNote);
  return [...misfits, ...offers, ...capacity.unknown];
}

function offerNote({ acts, means }: NonNullable<PlanContext['capacity']>['offers'][number]): Text {
  const commands = acts.map(commandOf).join('; ');
  return say(
    `There would be room by --take-capacity (${commands}), taken back at the end. ${means.en}`,
    `可用 --take-capacity 腾出容量（${commands}），结束时恢复。${means.zh}`,
  );
}
