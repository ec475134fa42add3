import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Text } from '../../../src/text/text.ts';
import { CLUSTER_SCENARIOS } from '../scenarios/index.ts';
import { COURSES } from './courses.ts';
import { judgeCourse } from './judge.ts';
import { replay } from './replay.ts';

test('the incident is told as it went: each turn of Ready, what was said then, and whether it came as foretold', async () => {
  const incident = CLUSTER_SCENARIOS.find((s) => s.name === 'incident');
  assert.ok(incident);
  const lines: Text[] = [];
  replay(await judgeCourse(incident, join(COURSES, 'incident')), incident.truth.subjects, (text) => lines.push(text));
  const en = lines.map((l) => l.en).join('\n');
  assert.match(en, /^ {2}▁+█+▁+█+▁+$/m);
  assert.match(en, /^ +0:00 {2}notready, before the fault: nothing wrong$/m);
  assert.match(en, /^ +\d+:\d\d {2}notready: container-status-hung, .*; foretells NotReady at \d+:\d\d$/m);
  assert.match(en, /^ +\d+:\d\d {2}Ready=False, as foretold at \d+:\d\d for \d+:\d\d/m);
  assert.match(lines.map((l) => l.zh).join('\n'), /Ready=False，与预测相符/);
});
