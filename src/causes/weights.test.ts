import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { aCase } from '../../test/support/case.ts';
import { cite, held, weigh } from './support/assessment.ts';
import { missing } from './support/missing.ts';
import { say } from './support/say.ts';
import { DOUBTS, IN_ORDER, WEIGHTS } from './weights.ts';

const doc = readFileSync(new URL('../../docs/weighing.md', import.meta.url), 'utf8');
const [observation] = aCase().processTable().build().observations;
const against = observation === undefined ? [] : [cite(observation, say('no', '否'))];
const sure = (more: Partial<Parameters<typeof held>[0]>) =>
  held({ status: 'confirmed', ...weigh('hangAlone'), subjects: [], evidence: [], summary: say('', ''), ...more })
    .confidence;

test('what speaks against a state and what was not seen of it each lower it', () => {
  const [alone, contradicted, unseen] = [sure({}), sure({ against }), sure({ missing: [missing('mounts')] })];
  assert.equal(alone, WEIGHTS.hangAlone.weight);
  assert.ok(contradicted < alone && unseen < alone);
  assert.ok(sure({ against, missing: [missing('mounts')] }) < Math.min(contradicted, unseen));
  assert.equal(sure({ against, reconciled: true }), alone);
});

test('every kind of evidence and of doubt stands in the documentation, with its number', () => {
  const rows = [
    ...Object.entries(WEIGHTS).map(([kind, { weight }]) => [kind, weight] as const),
    ...Object.entries(IN_ORDER).map(([kind, { weight }]) => [kind, weight] as const),
    ...Object.entries(DOUBTS).map(([kind, { factor }]) => [kind, factor] as const),
  ];
  assert.deepEqual(
    rows.filter(([kind, number]) => !doc.includes(`| \`${kind}\` | ${number.toFixed(2)} |`)).map(([kind]) => kind),
    [],
  );
});
