import type { ScanProblem } from '../scan-contract.ts';
import { TooMuch } from './archive/limits.ts';
import { TarError } from './archive/tar.ts';
import { InflateError } from './inflate-error.ts';
import { NoFile } from './input.ts';

const KINDS: Readonly<Record<string, ScanProblem['kind']>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  EACCES: 'denied',
  EPERM: 'denied',
  ABORT_ERR: 'stopped',
};

/** What the scan told its caller of a line, and the caller threw: no problem of the input. */
export class CallbackError extends Error {
  constructor(cause: unknown) {
    super('a callback failed', { cause });
  }
}

/**
 * Why an input was not read to its end, of what was thrown.
 * @throws what a callback threw
 */
export function problemOf(error: unknown): ScanProblem {
  if (error instanceof CallbackError) throw error.cause;
  if (error instanceof NoFile) return { kind: error.kind, detail: error.message, offset: null };
  if (error instanceof TooMuch) return { kind: 'bounded', detail: error.message, offset: null };
  if (error instanceof InflateError || error instanceof TarError)
    return { kind: error.kind === 'cut-off' ? 'cut-off' : 'failed', detail: error.message, offset: error.offset };
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return { kind: KINDS[detail] ?? 'failed', detail, offset: null };
}

export const STOPPED: ScanProblem = { kind: 'stopped', detail: 'stopped', offset: null };
