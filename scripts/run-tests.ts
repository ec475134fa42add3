// All tests of the checkout, and at the end what was not run and why.
// Quick ones side by side; then those on real runtimes, one file after the other, since they load the machine.
import { globSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { prepareRealTests } from '../test/support/real.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; why: string }[];
}

async function runFiles(files: string[], concurrency: number, tally: Tally): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, cwd: process.cwd() });
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

const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const chosen = (pattern: string): string[] =>
  globSync(pattern, { exclude: ['node_modules/**'] })
    .filter((f) => only.length === 0 || only.some((o) => f.includes(o)))
    .sort();

const tally: Tally = { passed: 0, failed: 0, skipped: [] };
const real = chosen('test/real/**/*.test.ts');
const quick = [...chosen('{src,lab,scripts}/**/*.test.ts'), ...chosen('test/**/*.test.ts')].filter(
  (f) => !real.includes(f),
);

await runFiles(quick, 2, tally);
if (real.length > 0) await prepareRealTests({ install: !process.argv.includes('--no-install') });
await runFiles(real, 1, tally);

if (tally.skipped.length > 0) {
  console.log('\nNot run:');
  for (const { name, why } of tally.skipped) console.log(`  ${name}: ${why}`);
}
console.log(
  `\n${tally.passed} passed, ${tally.failed} failed${tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : ''}`,
);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
