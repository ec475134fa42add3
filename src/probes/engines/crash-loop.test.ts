import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Attempt, isBackOffLoop, isRestartLoop, type RunTimes } from './crash-loop.ts';

const NOW = Date.UTC(2026, 10, 24, 6, 44, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

function times(over: Partial<RunTimes>): RunTimes {
  return { state: 'running', createdAt: NOW - 30 * DAY, startedAt: null, finishedAt: null, ...over };
}

test('a container that Docker restarts over and over is in a loop (captured: 11 restarts in 108 s)', () => {
  const captured = {
    state: 'restarting',
    createdAt: 1795502561843,
    startedAt: 1795502669720,
    finishedAt: 1795502669792,
  };
  assert.equal(isRestartLoop(11, captured, 1795502690000), true);
});

test('between two back-offs it is running and still in a loop', () => {
  const running = times({ finishedAt: NOW - 61 * SECOND, startedAt: NOW - SECOND });
  assert.equal(isRestartLoop(40, running, NOW), true);
});

test('three restarts in a month are no loop, even when the last was just now', () => {
  const restarted = times({ finishedAt: NOW - MINUTE, startedAt: NOW - MINUTE + 100 });
  assert.equal(isRestartLoop(3, restarted, NOW), false);
});

test('a loop that ended an hour ago is over', () => {
  const calm = times({ createdAt: NOW - 61 * MINUTE, finishedAt: NOW - 60 * MINUTE, startedAt: NOW - 59 * MINUTE });
  assert.equal(isRestartLoop(12, calm, NOW), false);
});

test('without a restart count there is no telling', () => {
  assert.equal(isRestartLoop(null, times({ state: 'restarting', finishedAt: NOW }), NOW), false);
});

const attempt = (n: number, ago: number): Attempt => ({ attempt: n, createdAt: NOW - ago });

test('CrashLoopBackOff at its slowest, a run every 5 minutes, is a loop', () => {
  const own = attempt(50, 2 * MINUTE);
  const exited = times({ state: 'exited', startedAt: NOW - 2 * MINUTE, finishedAt: NOW - 2 * MINUTE + 3 * SECOND });
  assert.equal(isBackOffLoop(own, exited, [own, attempt(49, 7 * MINUTE)], NOW), true);
});

test('only the newest attempt carries it', () => {
  const older = attempt(49, 7 * MINUTE);
  const exited = times({ state: 'exited', startedAt: NOW - 7 * MINUTE, finishedAt: NOW - 6 * MINUTE });
  assert.equal(isBackOffLoop(older, exited, [attempt(50, 2 * MINUTE), older], NOW), false);
});

test('four attempts listed within ten minutes are a loop whatever their numbers', () => {
  const listed = [1, 2, 3, 4].map((m) => ({ attempt: null, createdAt: NOW - m * MINUTE }));
  assert.equal(isBackOffLoop(attempt(0, MINUTE), times({}), listed, NOW), true);
  assert.equal(isBackOffLoop(attempt(0, 2 * MINUTE), times({}), listed, NOW), false);
});

test('with the attempts before it collected, a short last run tells', () => {
  const own = attempt(7, 3 * MINUTE);
  const shortRun = times({ state: 'exited', startedAt: NOW - 3 * MINUTE, finishedAt: NOW - 2 * MINUTE });
  const stillRuns = times({ startedAt: NOW - 3 * MINUTE });
  assert.equal(isBackOffLoop(own, shortRun, [own], NOW), true);
  assert.equal(isBackOffLoop(own, stillRuns, [own], NOW), false);
});

test('a container restarted now and then over weeks is no loop', () => {
  const own = attempt(4, MINUTE);
  const running = times({ startedAt: NOW - MINUTE });
  assert.equal(isBackOffLoop(own, running, [own, attempt(3, 9 * DAY)], NOW), false);
});
