import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** What came of tests. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
  /** Why the first try of a test failed, for those that got a second one. */
  secondTries: string[];
}

/** Begins what a test says of itself when it is tried again. */
export const SECOND_TRY = 'tried again, for the first time it failed: ';

export const newTally = (): Tally => ({ passed: 0, failed: 0, skipped: [], secondTries: [] });

type Isolation = 'none' | 'process';

/**
 * Runs test files and reports on standard output.
 * @param isolation `none`: in this process, which saves hundreds of starts; `process`: each file in one of its own, one after the other
 */
export async function runFiles(files: readonly string[], isolation: Isolation, tally: Tally): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, isolation, ...(isolation === 'process' ? { concurrency: 1 } : {}) });
  stream.on('test:pass', ({ name, skip, details }) => {
    if (details.type === 'suite') return;
    if (skip === undefined || skip === false) tally.passed += 1;
    else tally.skipped.push({ name, why: typeof skip === 'string' ? skip : 'no reason given' });
  });
  stream.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') tally.failed += 1;
  });
  stream.on('test:diagnostic', ({ message }) => {
    if (message.startsWith(SECOND_TRY)) tally.secondTries.push(message);
  });
  const report = stream.compose(spec);
  report.pipe(process.stdout, { end: false });
  await finished(report);
}
