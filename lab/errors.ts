import type { Text } from '../src/text/text.ts';
import { UserError } from '../src/text/user-error.ts';

/** Something about the lab that a user can understand and act on; shown as a sentence, never as a stack. */
export class LabError extends UserError {}

/** The sentence for whatever was thrown. */
export function textOf(error: unknown): Text {
  if (error instanceof UserError) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, zh: message };
}
