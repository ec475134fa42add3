import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiagnosisJson } from '../src/report/schema.ts';
import { differences } from './compare.ts';
import type { Truth } from './scenario.ts';

const FROZEN: Truth = {
  cause: 'storage-unresponsive',
  subjects: ['mount', 'thread'],
  exitCode: 1,
  notes: { en: '', zh: '' },
};
const SUBJECTS = [
  { kind: 'mount', anyOf: ['/data', '7:0'] },
  { kind: 'thread', anyOf: [14562, 14563] },
] as const;

type Verdict = DiagnosisJson['verdict'];

function said(exitCode: number, verdict: Verdict): { exitCode: number; json: DiagnosisJson } {
  return { exitCode, json: { verdict, remedies: REMEDIES, differential: DIFFERENTIAL } as unknown as DiagnosisJson };
}

const REMEDIES = [
  { action: 'thaw-filesystem', works: true },
  { action: 'kill-process', works: false },
];
const DIFFERENTIAL = [
  { cause: 'runtime-down', status: 'ruled-out', evidence: [], against: [{ text: 'it answers' }] },
  { cause: 'disk-full', status: 'not-examined', evidence: [], against: [] },
];

const RIGHT: Verdict = {
  cause: 'storage-unresponsive',
  status: 'confirmed',
  summary: 'frozen',
  confidence: 0.97,
  subjects: [
    { kind: 'mount', name: '/data', id: 'mount:host:7:0:/data', device: '7:0' },
    { kind: 'thread', name: 'libuv-worker', id: 'thread:14523/14562', pid: 14523, tid: 14562 },
  ],
};

test('a right verdict with its subjects differs in nothing', () => {
  assert.deepEqual(differences(FROZEN, { subjects: SUBJECTS }, said(1, RIGHT)), []);
});

test('no verdict is right where nothing is wrong', () => {
  const truth: Truth = { ...FROZEN, cause: null, subjects: [], exitCode: 0 };
  assert.deepEqual(differences(truth, { subjects: [] }, said(0, null)), []);
  assert.deepEqual(differences(truth, { subjects: [] }, said(1, RIGHT)), [
    'exit code 1, not 0',
    'verdict storage-unresponsive, not none (frozen)',
  ]);
});

test('a missed fault, and one blamed on another thing of the same kind, are told', () => {
  assert.deepEqual(differences(FROZEN, { subjects: SUBJECTS }, said(0, null)), [
    'exit code 0, not 1',
    'verdict none, not storage-unresponsive',
  ]);
  const other = { ...RIGHT, subjects: [{ kind: 'mount', name: '/srv', id: 'mount:host:8:1:/srv' }] };
  assert.deepEqual(differences(FROZEN, { subjects: SUBJECTS }, said(1, other)), [
    'no thread among the subjects',
    'no mount with /data or 7:0 among the subjects',
    'no thread with 14562 or 14563 among the subjects',
  ]);
});

test('remedies and ruled-out causes are held against the truth too', () => {
  const remedies = { work: ['thaw-filesystem', 'kill-process'], useless: ['kill-process', 'kill-shim'] };
  const truth: Truth = {
    ...FROZEN,
    remedies,
    ruledOut: ['runtime-down', 'disk-full'],
    alsoConfirmed: ['runtime-down'],
  };
  assert.deepEqual(differences(truth, { subjects: SUBJECTS }, said(1, RIGHT)), [
    'kill-process is not said to work',
    'kill-shim is not said to be useless',
    'runtime-down is not confirmed by evidence',
    'disk-full is not ruled out by evidence',
  ]);
});
