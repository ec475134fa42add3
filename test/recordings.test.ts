import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { differences } from '../lab/compare.ts';
import { diagnoseRecording, RECORDED_SCENARIOS, RECORDINGS } from '../lab/recordings.ts';

// What a real machine showed of each fault of the lab, made by lab/record-all.ts.
for (const { name, title, truth } of RECORDED_SCENARIOS) {
  test(`recorded: ${title.en}: ${truth.cause ?? 'nothing wrong'} (${name})`, async () => {
    const diagnosed = await diagnoseRecording(join(RECORDINGS, `${name}.tar.gz`));
    // Subjects are compared by kind: a recording does not know the pids of its day.
    assert.deepEqual(differences(truth, { subjects: [] }, diagnosed), []);
  });
}

test('every recording belongs to a scenario', () => {
  const known = new Set(RECORDED_SCENARIOS.map((s) => s.name));
  const files = readdirSync(RECORDINGS, { withFileTypes: true }).filter((f) => f.isFile());
  assert.deepEqual(
    files.map((f) => basename(f.name, '.tar.gz')).filter((n) => !known.has(n)),
    [],
  );
});
