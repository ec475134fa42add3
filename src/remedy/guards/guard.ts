import type { CauseSlug } from '../../causes/slugs.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { Text } from '../../text/text.ts';
import type { ActKind } from '../act.ts';
import type { Step } from '../step.ts';
import type { ClusterFacts } from './cluster-facts.ts';

/** How many nodes, how often, how fresh: what guards go by. */
export interface GuardLimits {
  /** Nodes that may be out of service at once, this one included: a number, or a share of all in percent. */
  readonly maxUnhealthy: number | `${number}%`;
  readonly coolDownMs: number;
  readonly freshnessMs: number;
}

export const DEFAULT_LIMITS: GuardLimits = { maxUnhealthy: '49%', coolDownMs: 1_800_000, freshnessMs: 120_000 };

/** An act of an earlier run on this node. */
export interface EarlierAct {
  readonly kind: ActKind;
  readonly at: number;
}

/** All that guards look at, as it is at the moment of acting. */
export interface GuardInput {
  readonly now: number;
  readonly node: string;
  readonly step: Step;
  /** The cause that the plan was made for. */
  readonly plannedFor: CauseSlug | 'undetermined' | null;
  /** The newest diagnosis. */
  readonly diagnosis: Diagnosis;
  /** Null where the API server was not asked or did not answer. */
  readonly cluster: ClusterFacts | null;
  readonly earlier: readonly EarlierAct[];
  readonly limits: GuardLimits;
  /** Nobody is asked. */
  readonly unattended: boolean;
}

export interface Refusal {
  /** kebab-case, one a guard. */
  readonly guard: string;
  readonly why: Text;
  /** What would lift it. */
  readonly lift: Text;
}

/** Says no, or nothing. Pure. */
export type Guard = (input: GuardInput) => Refusal | null;

/** Whether a step ends or moves containers; giving back never does. */
export function disturbs({ phase, act }: Step): boolean {
  return phase === 'free' || act.kind === 'drain' || act.kind === 'force-delete-pod';
}
