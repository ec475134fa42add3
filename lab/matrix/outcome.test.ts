import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabError } from '../errors.ts';
import type { Truth } from '../scenario.ts';
import { type Diagnosis, isRight, judge, tried } from './outcome.ts';

const truth: Truth = { cause: 'disk-full', subjects: ['mount'], exitCode: 1, notes: { en: '', zh: '' } };
const verdict = (cause: 'disk-full' | 'undetermined', path: string): Diagnosis['json'] => ({
  verdict: {
    cause,
    status: 'confirmed',
    summary: '',
    subjects: [{ kind: 'mount', name: path, id: `mount:host:7:0:${path}`, path }],
    confidence: 1,
  },
});
const of = (json: Diagnosis['json'], differences: string[] = []): Diagnosis => ({
  look: 'during',
  truth,
  subjects: [{ kind: 'mount', anyOf: ['/data'] }],
  json,
  differences,
});

test('subjects are right only beside the right cause, and where all of them are named', () => {
  assert.equal(judge(of(verdict('disk-full', '/data'))).subjectsRight, true);
  assert.equal(judge(of(verdict('disk-full', '/other'))).subjectsRight, false);
  assert.equal(judge(of(verdict('undetermined', '/data'))).subjectsRight, false);
  assert.equal(judge(of({ verdict: null })).subjectsRight, false);
});

test('where nobody must be named there are no subjects to be right about', () => {
  const nobody = { ...of({ verdict: null }), truth: { ...truth, cause: null, subjects: [] }, subjects: [] };
  assert.deepEqual(judge(nobody), { look: 'during', truth: null, verdict: null, subjectsRight: null, differences: [] });
});

test('a scenario is right when all its looks are, and there is one', () => {
  const good = judge(of(verdict('disk-full', '/data')));
  const bad = judge(of({ verdict: null }, ['verdict none, not disk-full']));
  const outcome = { scenario: 'host/some', failure: null };
  assert.deepEqual(
    [[good], [good, bad], []].map((judged) => isRight({ ...outcome, judged })),
    [true, false, false],
  );
});

test('a scenario that cannot be made is an outcome as well', async () => {
  const outcome = await tried('host/some', () => Promise.reject(new LabError({ en: 'no loop device', zh: '' })));
  assert.deepEqual(outcome, { scenario: 'host/some', judged: [], failure: 'no loop device' });
  assert.equal(isRight(outcome), false);
});
