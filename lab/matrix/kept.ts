import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheParent } from '../cluster/binaries/cache.ts';
import { readOr } from '../processes.ts';
import { type Outcome, outcomeSchema } from './outcome.ts';

/** Where the outcomes of a live run are kept, one a line as they come, so that it can be gone on with. */
export function keptFile(): string {
  return join(cacheParent(), 'matrix.jsonl');
}

/** Those of an earlier run that need not be made again: a failure is. */
export function readKept(file: string): Outcome[] {
  return readOr(file, '')
    .split('\n')
    .flatMap(asOutcome)
    .filter((o) => o.failure === null);
}

export function begin(file: string, outcomes: readonly Outcome[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, outcomes.map(asLine).join(''));
}

export function keep(file: string, outcome: Outcome): void {
  appendFileSync(file, asLine(outcome));
}

function asLine(outcome: Outcome): string {
  return `${JSON.stringify(outcome)}\n`;
}

/** The last line may have been cut off, and another version may have written others. */
function asOutcome(line: string): Outcome[] {
  try {
    const parsed = outcomeSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
