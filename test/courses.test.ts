import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COURSES } from '../lab/cluster/course/courses.ts';
import { judgeCourse } from '../lab/cluster/course/judge.ts';
import { CLUSTER_SCENARIOS } from '../lab/cluster/scenarios/index.ts';

// What a real kubelet and its node showed of each fault, from before it until after it, made by lab/record-all.ts.
for (const scenario of CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined)) {
  const { name, title, truth } = scenario;
  test(`recorded course: ${title.en}: ${truth.cause ?? 'nothing wrong'} at each look, nothing before and after (${name})`, async () => {
    const { looks, wrongOverTime } = await judgeCourse(scenario, join(COURSES, name));
    const names = looks.map((l) => l.name);
    assert.deepEqual([names[0], names.at(-1), names.length >= 3], ['before', 'after', true]);
    for (const look of looks) assert.deepEqual(look.wrong, [], look.name);
    assert.deepEqual(wrongOverTime, [], 'its rhythm and what was foretold of it');
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
