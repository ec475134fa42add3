import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** What came of tests. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
}

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
  const report = stream.compose(spec);
  report.pipe(process.stdout, { end: false });
  await finished(report);
}
