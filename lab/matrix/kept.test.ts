import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { begin, keep, readKept } from './kept.ts';
import type { Outcome } from './outcome.ts';

const right: Outcome = {
  scenario: 'host/healthy',
  judged: [{ look: null, truth: null, verdict: null, subjectsRight: null, differences: [] }],
  failure: null,
};

test('a live run is gone on with where it was broken off; what failed is made again', (t) => {
  const file = join(temporaryDirectory(t), 'cache', 'matrix.jsonl');
  assert.deepEqual(readKept(file), []);
  begin(file, []);
  keep(file, right);
  keep(file, { scenario: 'host/disk-full', judged: [], failure: 'no loop device' });
  appendFileSync(file, '{"scenario":"host/half-wri');
  assert.deepEqual(readKept(file), [right]);
});
