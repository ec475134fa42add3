import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from '../../../test/support/process-table.ts';
import type { Survey } from '../../host/survey.ts';
import { selectProcesses, selectThreads } from './selection.ts';
import type { ThreadPair } from './thread-sample.ts';

const NONE = { members: new Map(), stuck: new Set<number>(), adopted: new Set<number>() };
const unchanged = (survey: Survey): Map<number, string> =>
  new Map([...survey.processes.values()].map((p) => [p.pid, p.state]));
const pidsOf = (survey: Survey, input: Partial<Parameters<typeof selectProcesses>[0]> = {}): number[] =>
  selectProcesses({ survey, later: unchanged(survey), ...NONE, ...input }).kept.map((p) => p.pid);

test('a lasting zombie is kept with its parents up to its shim; healthy strangers are not', () => {
  const survey = tableOf([
    { pid: 1, ppid: 0, comm: 'systemd' },
    { pid: 10, ppid: 1, comm: 'containerd-shim' },
    { pid: 11, ppid: 10, comm: 'app' },
    { pid: 12, ppid: 11, comm: 'child', state: 'Z' },
    { pid: 30, ppid: 1, comm: 'sshd' },
  ]);
  assert.deepEqual(pidsOf(survey), [12, 11, 10]);
});

test('a zombie that is gone, or a D that passed, is no trouble', () => {
  const survey = tableOf([
    { pid: 40, ppid: 1, comm: 'a', state: 'Z' },
    { pid: 41, ppid: 1, comm: 'b', state: 'D' },
  ]);
  assert.deepEqual(pidsOf(survey, { later: new Map([[41, 'S']]) }), []);
});

test('a process with a stuck thread is kept although it sleeps itself', () => {
  const survey = tableOf([{ pid: 50, ppid: 1, comm: 'app', threads: 9 }]);
  assert.deepEqual(pidsOf(survey, { stuck: new Set([50]) }), [50]);
});

test('thousands of zombies are cut and the cut is counted', () => {
  const zombies = Array.from({ length: 5000 }, (_, i) => ({ pid: 100 + i, ppid: 1, comm: 'x', state: 'Z' }));
  const survey = tableOf(zombies);
  const { kept, cut } = selectProcesses({ survey, later: unchanged(survey), ...NONE });
  assert.equal(kept.length + cut, 5000);
  assert.ok(kept.length <= 400);
});

test('a chain of parents that loops ends', () => {
  const survey = tableOf([
    { pid: 60, ppid: 61, comm: 'a', state: 'Z' },
    { pid: 61, ppid: 60, comm: 'b' },
  ]);
  assert.deepEqual(pidsOf(survey), [60, 61]);
});

test('of a process with hundreds of stuck threads a few are told, and other processes are not crowded out', () => {
  const pair = (pid: number, tid: number): ThreadPair => {
    const sample = { pid, tid, comm: 'w', state: 'D', wchan: 'x', contextSwitches: 1, ofDeadLeader: false };
    return { before: sample, after: sample, stuck: true, ofDeadLeader: false };
  };
  const pairs = [...Array.from({ length: 500 }, (_, i) => pair(1, i)), pair(2, 900)];
  const told = selectThreads(pairs);
  assert.ok(told.length < 20);
  assert.ok(told.some((p) => p.after.pid === 2));
});
