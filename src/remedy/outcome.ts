import type { Text } from '../text/text.ts';

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
}

/** Told while an act goes on, such as per pod of a drain. */
export type OnProgress = (text: Text) => void;
