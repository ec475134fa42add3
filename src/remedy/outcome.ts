import type { Text } from '../text/text.ts';
import type { ClusterAct, PodRef } from './act.ts';

/**
 * What came of an act. `refused`: a precondition no longer held at the moment of acting, nothing was done.
 * `timed-out`: begun, not seen to end within its deadline; it may still take effect.
 */
export interface Outcome {
  readonly status: 'done' | 'refused' | 'failed' | 'timed-out';
  /** One sentence: what was seen, or why not. */
  readonly text: Text;
  /** Of a refusal: the id of the precondition that did not hold. */
  readonly precondition?: string;
  readonly tookMs: number;
  /** Of a drain that is not through: each pod that is still there, and why. */
  readonly stuck?: readonly StuckPod[];
}

/** A pod that a drain cannot get off its node. */
export interface StuckPod {
  readonly pod: PodRef;
  readonly reason: StuckReason;
  /** What holds it, with the numbers. */
  readonly why: Text;
  /** The next step that breaks nothing. */
  readonly next: Text;
  readonly nextCommand: string | null;
  /** What would get it off all the same, and at what price; null where nothing does. */
  readonly forced: { readonly act: ClusterAct | null; readonly command: string; readonly breaks: Text } | null;
}

export type StuckReason =
  /** Its PodDisruptionBudget allows no disruption now. */
  | 'budget-exhausted'
  /** The budget's controller has not counted yet. */
  | 'budget-not-counted'
  /** Two budgets or more select it, which the eviction API does not do. */
  | 'several-budgets'
  /** Its containers are over, but a finalizer keeps the object. */
  | 'finalizer'
  /** It was asked to end, and its time to do so is not over. */
  | 'grace-period'
  /** Its time is over, and one of its containers is among those that the diagnosis found hung. */
  | 'container-hung'
  /** Its time is over, and its node is not Ready: nobody there confirms the end. */
  | 'node-not-ready'
  /** Its time is over, on a node that is Ready. */
  | 'not-confirmed'
  /** An admission webhook that cannot be asked, or says no. */
  | 'webhook-failed'
  | 'webhook-denied'
  | 'namespace-terminating'
  | 'no-permission'
  /** The API server is away, overloaded or not well. */
  | 'api-server'
  /** Not asked to go yet: others went first. */
  | 'not-tried';

/** Told while an act goes on, such as per pod of a drain. */
export type OnProgress = (text: Text) => void;
