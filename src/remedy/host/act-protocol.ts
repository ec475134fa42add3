import type { ActRun } from './deps.ts';

/** What the child is asked to do, as its one argument. */
export type ActRequest =
  | {
      readonly op: 'run';
      readonly argv: readonly [string, ...string[]];
      readonly timeoutMs: number;
      readonly atDeadline: 'kill' | 'leave';
    }
  | { readonly op: 'write'; readonly path: string; readonly text: string };

/** Its one line of output. */
export type ActReply = { readonly run: ActRun } | { readonly written: string | null };

export const NO_RUN: ActRun = {
  code: null,
  stdout: '',
  stderr: '',
  timedOut: false,
  error: null,
  pid: null,
  left: null,
};
