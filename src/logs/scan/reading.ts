import type { ScannedInput, ScanProblem } from '../scan-contract.ts';
import { isBinary } from './binary.ts';
import { EDGE, headLines, tailLines } from './edges.ts';
import { problemOf, STOPPED } from './problem.ts';
import type { Extent } from './scan-file.ts';

/** What {@link ScannedInput} says beside the input's name and age. */
export type Reading = Omit<ScannedInput, 'file' | 'foundIn' | 'modifiedAt'>;

export const NOTHING_READ: Reading = { bytes: 0, lines: 0, head: [], tail: [], whole: null, problem: null };

/** Of a log that was scanned. */
export function scannedReading(file: string, extent: Extent, head: Uint8Array, tail: Uint8Array): Reading {
  const { bytes, lines, failure, stopped } = extent;
  return {
    bytes,
    lines,
    head: headLines(file, head, bytes <= EDGE),
    tail: tailLines(file, tail, bytes - tail.length, lines),
    whole: null,
    problem: failure === null ? trouble(head, bytes <= EDGE, stopped) : problemOf(failure),
  };
}

/** Of a text that is handed over whole. */
export function wholeReading(file: string, bytes: Uint8Array, failure: unknown): Reading {
  const lines = headLines(file, bytes, true);
  const head = headLines(file, bytes.subarray(0, EDGE), bytes.length <= EDGE);
  const begin = Math.max(0, bytes.length - EDGE);
  const tail = tailLines(file, bytes.subarray(begin), begin, lines.length);
  const problem = failure === null ? trouble(bytes.subarray(0, EDGE), bytes.length <= EDGE, false) : problemOf(failure);
  const whole = problem?.kind === 'binary' ? null : Buffer.from(bytes).toString('utf8');
  return { bytes: bytes.length, lines: lines.length, head, tail, whole, problem };
}

/** What is wrong with an input that was read without a failure. */
function trouble(head: Uint8Array, whole: boolean, stopped: boolean): ScanProblem | null {
  if (stopped) return STOPPED;
  return isBinary(head, whole) ? { kind: 'binary', detail: 'not a text', offset: null } : null;
}
