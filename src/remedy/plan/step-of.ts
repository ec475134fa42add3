import { say } from '../../causes/support/say.ts';
import type { Act, ClusterAct, HostAct } from '../act.ts';
import type { Phase, Prediction, Step } from '../step.ts';
import { clusterWords } from './cluster-words.ts';
import { commandOf } from './command-of.ts';
import { hostWords } from './host-words.ts';
import type { ActWords, Reach } from './words.ts';

/** A step before its place in the plan, and with it its id, is known. */
export type Draft = Omit<Step, 'id'> & { readonly reach: Reach };

export const SURE: Prediction = {
  outcome: 'works',
  why: say('It changes only the object at the API server.', '只修改 API server 上的对象。'),
};

export function clusterStep(act: ClusterAct, phase: Phase, prediction: Prediction = SURE): Draft {
  return draft(act, clusterWords(act), phase, prediction);
}

/** @param stopsContainers whether a restart of the runtime stops what it runs */
export function hostStep(act: HostAct, prediction: Prediction, stopsContainers: boolean): Draft {
  const words = hostWords(act, stopsContainers);
  const gentle = words.reach === 'nobody' || words.reach === 'daemon';
  return draft(act, words, gentle ? 'free-gently' : 'free', prediction);
}

function draft(act: Act, words: ActWords, phase: Phase, prediction: Prediction): Draft {
  const { undo, ...said } = words;
  return {
    ...said,
    act,
    phase,
    prediction,
    command: commandOf(act),
    undo: undo === null ? null : { act: undo, command: commandOf(undo) },
  };
}

/** Ids in the plan's order: the kind of the act, numbered from the second on. */
export function numbered(drafts: readonly Draft[]): readonly Step[] {
  const seen = new Map<string, number>();
  return drafts.map((step) => {
    const { kind } = step.act;
    const n = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, n);
    return { id: n === 1 ? kind : `${kind}-${n}`, ...step };
  });
}
