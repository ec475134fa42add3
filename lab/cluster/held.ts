import type { Diagnosed } from '../notready-cli.ts';
import type { UndoFailure } from '../undo.ts';
import type { Judged } from './forecasts.ts';
import type { ReadyStatus } from './scenario.ts';
import type { Turn } from './turns.ts';

/** A look at which the node was diagnosed. */
export interface HeldLook {
  readonly name: string;
  /** null: it could not be read. */
  readonly ready: ReadyStatus | null;
  /** When it began, Unix ms. */
  readonly at: number;
  readonly diagnosed: Diagnosed;
  /** In what the diagnosis differs from the truth; empty when it is right. */
  readonly wrong: readonly string[];
}

/** What came of a scenario. */
export interface Held {
  readonly looks: readonly HeldLook[];
  /** What Ready was before the fault, and each change of it until the fault was taken back. */
  readonly turns: readonly Turn[];
  /** What the diagnoses foretold of Ready, and what came. */
  readonly forecasts: readonly Judged[];
  /** In what any of it differs from the truth; empty when all is right. */
  readonly wrong: readonly string[];
  readonly notUndone: readonly UndoFailure[];
}
