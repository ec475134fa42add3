// All tests of the checkout, and at the end what was not run and why.
//   [WORD...]      only files whose path has one of these words
//   --no-install   no system packages are added for the tests on real runtimes
//   --slow         those that take minutes, too
//   --cluster      those on a real kubelet and API server, too
import { globSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { prepareClusterTests, prepareRealTests } from '../test/support/real.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
}

type Isolation = 'none' | 'process';

/** @param isolation `none`: in this process, which saves hundreds of starts; `process`: each file in one of its own, one after the other. */
async function runFiles(files: readonly string[], isolation: Isolation, tally: Tally): Promise<void> {
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

const words = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const find = (patterns: readonly string[]): string[] =>
  globSync(patterns)
    .filter((f) => words.length === 0 || words.some((w) => f.includes(w)))
    .sort();

const quick = find(['{src,lab,scripts}/**/*.test.ts', 'test/*.test.ts', 'test/support/*.test.ts']);
const asked = (flag: string, pattern: string): string[] => (process.argv.includes(flag) ? [pattern] : []);
const real = find([
  'test/real/*.test.ts',
  ...asked('--slow', 'test/slow/*.test.ts'),
  ...asked('--cluster', 'test/cluster/*.test.ts'),
]);

const tally: Tally = { passed: 0, failed: 0, skipped: [] };
const prepare = real.some((f) => f.startsWith('test/cluster/')) ? prepareClusterTests : prepareRealTests;
await runFiles(quick, 'none', tally);
if (real.length > 0) await prepare({ install: !process.argv.includes('--no-install') });
// These look at the whole host, so nothing else may run beside them.
await runFiles(real, 'process', tally);

if (tally.skipped.length > 0) {
  console.log('\nNot run:');
  for (const { name, why } of tally.skipped) console.log(`  ${name}: ${why}`);
}
const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : '';
console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exit(tally.failed > 0 || tally.passed + tally.skipped.length === 0 ? 1 : 0);
