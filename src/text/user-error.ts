import type { Text } from './text.ts';

/**
 * Something the user can put right: a wrong option, an unreadable file. It is shown as one line and a hint, never as
 * a stack; the command line exits with 2.
 */
export class UserError extends Error {
  readonly text: Text;
  /** What to do next; null where the message says it. */
  readonly hint: Text | null;

  constructor(text: Text, hint: Text | null = null) {
    super(text.en);
    this.name = 'UserError';
    this.text = text;
    this.hint = hint;
  }
}
