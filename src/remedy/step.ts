import type { Text } from '../text/text.ts';
import type { Act } from './act.ts';

/** What the mechanism says will come of an act on this very case. */
export interface Prediction {
  readonly outcome: 'works' | 'may-work' | 'cannot';
  readonly why: Text;
}

/** What must hold at the moment of acting, checked again then. */
export interface Precondition {
  /** kebab-case, one a meaning: `same-process`, `still-frozen`, `diagnosis-holds` ... */
  readonly id: string;
  readonly text: Text;
}

/**
 * `free-gently`: frees the node and disturbs nobody. `relieve`: the business goes elsewhere. `free`: frees the node at
 * a cost. `return`: gives the node back, after proof only.
 */
export type Phase = 'free-gently' | 'relieve' | 'free' | 'return';

/** One thing to do, in its place in the plan. */
export interface Step {
  /** Stable over reruns and new plans of one fault: `cordon`, `thaw-filesystem`, `kill-shim-2`. */
  readonly id: string;
  readonly phase: Phase;
  readonly act: Act;
  readonly title: Text;
  /** The same by hand, exact, quoted for a shell. Shown, never run. */
  readonly command: string;
  readonly does: Text;
  /** What it can break. */
  readonly breaks: Text;
  readonly requires: readonly Precondition[];
  readonly deadlineMs: number;
  /** How it is seen that it worked. */
  readonly verify: Text;
  /** What takes it back; null where nothing does or nothing needs to. */
  readonly undo: { readonly act: Act; readonly command: string } | null;
  readonly prediction: Prediction;
  /** A bundle is taken and kept before it. */
  readonly destroysEvidence: boolean;
}

/** Listed so that nobody tries it at three in the morning. */
export interface Futile {
  readonly action: string;
  readonly title: Text;
  readonly command: string | null;
  readonly why: Text;
}
