import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { parseProcStat } from '../../host/proc-stat.ts';
import type { ProcessRef } from '../act.ts';
import { signalSender } from './send-signal.ts';

const send = signalSender((path) => `/proc/${path}`);

function startSleeper(t: TestContext): { child: ChildProcess; ref: ProcessRef } {
  const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  const stat = parseProcStat(readFileSync(`/proc/${child.pid}/stat`, 'utf8'));
  assert.ok(stat);
  return { child, ref: { pid: stat.pid, startTicks: stat.startTicks, comm: stat.comm } };
}

test('a signal reaches the process that was meant', async (t) => {
  const { child, ref } = startSleeper(t);
  assert.equal(send(ref, 'SIGTERM'), 'sent');
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
  assert.equal(send(ref, 'SIGTERM'), 'gone');
});

test('a process with another start time gets none', (t) => {
  const { child, ref } = startSleeper(t);
  assert.equal(send({ ...ref, startTicks: ref.startTicks + 1 }, 'SIGKILL'), 'gone');
  assert.equal(child.exitCode, null);
  assert.equal(child.signalCode, null);
});

test('neither PID 1 nor a group is ever signalled', () => {
  for (const pid of [1, 0, -1, -5, Number.NaN, 1.5]) {
    assert.deepEqual(send({ pid, startTicks: 0, comm: 'x' }, 'SIGCONT'), { error: 'EINVAL' });
  }
});
