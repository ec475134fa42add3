import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COURSES } from '../lab/cluster/course/courses.ts';
import { lookFile } from '../lab/cluster/course/format.ts';
import { differencesAt } from '../lab/cluster/course/judge.ts';
import { readCourse } from '../lab/cluster/course/read-course.ts';
import { CLUSTER_SCENARIOS } from '../lab/cluster/scenarios/index.ts';
import { diagnoseRecording } from '../lab/recordings.ts';

// What a real kubelet and its node showed of each fault, from before it until after it, made by lab/record-all.ts.
for (const scenario of CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined)) {
  const { name, title, truth } = scenario;
  test(`recorded course: ${title.en}: ${truth.cause ?? 'nothing wrong'} at each look, nothing before and after (${name})`, async () => {
    const folder = join(COURSES, name);
    const { looks } = await readCourse(folder);
    const names = looks.map((l) => l.name);
    assert.deepEqual([names[0], names.at(-1), names.length >= 3], ['before', 'after', true]);
    for (const look of looks) {
      const diagnosed = await diagnoseRecording(join(folder, lookFile(look.name)));
      assert.deepEqual(differencesAt(scenario, look, diagnosed), [], look.name);
    }
  });
}

test('every recorded course belongs to a scenario', () => {
  const recorded = new Set(CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined).map((s) => s.name));
  const names = existsSync(COURSES) ? readdirSync(COURSES) : [];
  assert.deepEqual(
    names.filter((n) => !recorded.has(n)),
    [],
  );
});
