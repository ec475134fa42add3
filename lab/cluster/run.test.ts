import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosisJson } from '../../src/report/schema.ts';
import { UserError } from '../../src/text/user-error.ts';
import { Live } from '../live.ts';
import type { Held, HeldLook } from './held.ts';
import { runOnCluster } from './run.ts';
import { held } from './run-texts.ts';
import { healthyPod } from './scenarios/healthy-pod.ts';
import { incident } from './scenarios/incident.ts';
import { BRISK } from './timing.ts';

const silent = new Live('en', { write: () => true });

test('a scenario whose truth depends on settings of its own does not run with stock ones', async () => {
  const own = { ...healthyPod, timing: { ...BRISK, runtimeRequestTimeout: 10 } };
  await assert.rejects(runOnCluster(own, { stock: true }, silent), (error) => {
    return error instanceof UserError && error.text.en.startsWith('healthy-pod depends on settings of its own');
  });
});

const look = (cause: string | null): HeldLook => {
  const json = { verdict: cause && { cause, summary: 'Its shim is stopped.' } } as unknown as DiagnosisJson;
  return { name: 'x', ready: 'True', at: 0, wrong: [], diagnosed: { exitCode: 1, json, text: '', tookMs: 1 } };
};
const S = 1000;
const flapped: Held = {
  looks: [look('container-status-hung'), look('container-status-hung')],
  turns: [0, 300, 361, 541].map((s, i) => ({ at: s * S, to: i % 2 === 0 ? 'True' : 'False' })),
  forecasts: [
    { look: 'not-ready-1', madeAt: 301 * S, of: 'loss', for: 545 * S, came: 541 * S, right: true },
    { look: 'not-ready-2', madeAt: 542 * S, of: 'loss', for: 782 * S, came: null, right: null },
  ],
  wrong: [],
  notUndone: [],
};

test('the end says how Ready came and went, what came of the forecasts, and that the verdict was the truth', () => {
  const [course, verdict, truth] = held(flapped, incident.truth).en.split('\n');
  assert.equal(
    course,
    'Ready was lost 2 times, 241 s apart. 1 of 1 forecasts came true, the least exact 4 s off; 1 were not due yet.',
  );
  assert.equal(verdict, 'notready says each time: container-status-hung. Its shim is stopped.');
  assert.match(truth ?? '', /^That is the truth\. /);
});

test('a verdict that changes from look to look is told, and in what all differs from the truth', () => {
  const looks = [look('container-status-hung'), look(null)];
  const { en } = held({ ...flapped, looks, wrong: ['ready-1: exit code 0, not 1'] }, incident.truth);
  assert.match(en, /notready says now this, now that: container-status-hung, nothing wrong\./);
  assert.match(en, /That differs from the truth:\n {2}- ready-1: exit code 0, not 1$/);
});

test('a calm node without flaps is told in one line', () => {
  const calm = { ...flapped, looks: [look(null)], forecasts: [], turns: [] };
  assert.equal(
    held(calm, healthyPod.truth).en,
    'notready says: nothing wrong.\nThat is the truth. Exit code 0, no verdict.',
  );
});
