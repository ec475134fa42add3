import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { differences } from '../lab/compare.ts';
import { frozenFilesystem } from '../lab/scenarios/frozen-filesystem.ts';
import { SCENARIOS } from '../lab/scenarios/index.ts';
import { diagnose } from '../src/diagnose/diagnose.ts';
import { readBundle } from '../src/evidence/bundle/bundle.ts';
import { toJson } from '../src/report/json.ts';

const FOLDER = fileURLToPath(new URL('../recordings', import.meta.url));
const TOOL = { name: 'notready', version: '0' };

// What a real machine showed of each fault of the lab, made by lab/record-all.ts.
for (const scenario of [{ ...frozenFilesystem, name: 'incident' }, ...SCENARIOS]) {
  test(`recorded: ${scenario.title.en}: ${scenario.truth.cause ?? 'nothing wrong'} (${scenario.name})`, async () => {
    const diagnosis = diagnose(await readBundle(join(FOLDER, `${scenario.name}.tar.gz`)));
    const diagnosed = { exitCode: diagnosis.verdict === null ? 0 : 1, json: toJson(diagnosis, 'en', TOOL) };
    // Subjects are compared by kind: a recording does not know the pids of its day.
    assert.deepEqual(differences(scenario.truth, { subjects: [] }, diagnosed), []);
  });
}

test('every recording belongs to a scenario', () => {
  const known = new Set(['incident', ...SCENARIOS.map((s) => s.name)]);
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).map((f) => basename(f, '.tar.gz')) : [];
  assert.deepEqual(
    names.filter((n) => !known.has(n)),
    [],
  );
});
