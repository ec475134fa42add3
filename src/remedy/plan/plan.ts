import type { CauseSlug } from '../../causes/slugs.ts';
import type { Text } from '../../text/text.ts';
import type { Act, ActKind, ClusterAct, DrainConsent } from '../act.ts';
import type { Futile, Step } from '../step.ts';

/** What works and notready cannot do itself, or must not here. */
export interface ByHand {
  readonly action: string;
  readonly title: Text;
  readonly command: string | null;
  /** What comes of it. */
  readonly why: Text;
  readonly risk: Text;
  /** Why it is left to a person. */
  readonly leftBecause: Text;
}

/** From verdict to a returned node: what is done in which order, what is left to people, and what nobody should try. */
export interface Plan {
  readonly node: string;
  /** End of the examination that it rests on, Unix ms. */
  readonly madeFrom: number;
  /** Null where nothing is wrong. */
  readonly cause: CauseSlug | 'undetermined' | null;
  readonly summary: Text | null;
  /** In the order in which they are taken; each only if still needed. */
  readonly steps: readonly Step[];
  readonly byHand: readonly ByHand[];
  readonly futile: readonly Futile[];
  /** Why this order, what is missing, what is left where an act is forbidden. */
  readonly notes: readonly Text[];
}

/** Whether the node's pods fit elsewhere, as the scheduler would see it. */
export interface Capacity {
  readonly fits: boolean;
  /** Pods that would stay pending, each with the reason. */
  readonly misfits: readonly { readonly pod: string; readonly why: Text }[];
  /** What together would make room: uncordon another node, take the taint off a control-plane node. */
  readonly offers: readonly { readonly acts: readonly ClusterAct[]; readonly means: Text }[];
  /** What the answer would rest on and could not be read. */
  readonly unknown: readonly Text[];
}

/** What a plan has to know besides the case. */
export interface PlanContext {
  readonly forbidden: readonly ActKind[];
  /** Ids of steps to leave out. */
  readonly skipped: readonly string[];
  readonly consent: DrainConsent;
  readonly drainDeadlineMs: number;
  /** Null where it was not looked at. */
  readonly capacity: Capacity | null;
  /** Make room as offered, for a time. */
  readonly takeCapacity: boolean;
  /** Acts by which what was changed before is put back, the last change first. */
  readonly owed: readonly Act[];
  /** Tried in this run already, in vain or done: not planned again. */
  readonly tried: readonly Act[];
}

export const DEFAULT_CONTEXT: PlanContext = {
  forbidden: [],
  skipped: [],
  consent: { emptyDir: false, unmanaged: false },
  drainDeadlineMs: 300_000,
  capacity: null,
  takeCapacity: false,
  owed: [],
  tried: [],
};

/** Whether two acts are the same: data alone, written in one order. */
export function sameAct(a: Act, b: Act): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
