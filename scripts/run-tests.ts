// All tests of the checkout, and at the end what was not run and why.
//   [WORD...]      only files whose path has one of these words
//   --no-install   no system packages are added for the tests on real runtimes
//   --slow         those that take minutes, too
//   --cluster      those on a real kubelet and API server, too
import { globSync } from 'node:fs';
import { prepareClusterTests, prepareRealTests } from '../test/support/real.ts';
import { newTally, runFiles } from './test-files.ts';
import { runLanes } from './test-lanes.ts';

const words = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const find = (patterns: readonly string[]): string[] =>
  globSync(patterns)
    .filter((f) => words.length === 0 || words.some((w) => f.includes(w)))
    .sort();

const asked = (flag: string, pattern: string): string[] => (process.argv.includes(flag) ? find([pattern]) : []);
/** They wait for most of their minutes, for nothing shortens the threshold of the PLEG. */
const WAITING = ['test/slow/incident.test.ts', 'test/cluster/incident-back.test.ts'];

const quick = find(['{src,lab,scripts,bench}/**/*.test.ts', 'test/*.test.ts', 'test/support/*.test.ts']);
const slow = asked('--slow', 'test/slow/*.test.ts');
const cluster = asked('--cluster', 'test/cluster/*.test.ts');
const waits = (file: string): boolean => WAITING.includes(file);
const real = [...find(['test/real/*.test.ts']), ...slow.filter((f) => !waits(f))];
const waiting = [...slow, ...cluster].filter(waits);
const busy = cluster.filter((f) => !waits(f));

const tally = newTally();
await runFiles(quick, 'none', tally);
const options = { install: !process.argv.includes('--no-install') };
if (waiting.length + busy.length > 0) await prepareClusterTests(options);
else if (real.length > 0) await prepareRealTests(options);
// These look at the whole host, so nothing else may run beside them.
await runFiles(real, 'process', tally);
await runLanes([busy, waiting], tally);

if (tally.skipped.length > 0) {
  console.log('\nNot run:');
  for (const { name, why } of tally.skipped) console.log(`  ${name}: ${why}`);
}
if (tally.secondTries.length > 0) {
  console.log('\nNeeded a second try:');
  for (const told of tally.secondTries) console.log(`  ${told}`);
}
const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : '';
console.log(`\n${tally.passed} passed, ${tally.failed} failed${skipped}`);
process.exit(tally.failed > 0 || tally.passed + tally.skipped.length === 0 ? 1 : 0);
