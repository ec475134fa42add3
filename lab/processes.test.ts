import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { identify, isAlive, parseStat, readStat, signal } from './processes.ts';

test('a process name may hold spaces and brackets', () => {
  const line =
    '23760 (a) (b c) Z 23739 23760 23760 0 -1 4228100 1 0 0 0 3 2 0 0 20 0 5 0 139753 0 0 18446744073709551615 0 0 0';
  assert.deepEqual(parseStat(line), { pid: 23760, comm: 'a) (b c', state: 'Z', ppid: 23739, startTicks: 139753 });
});

test('any text is either a stat line or null', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseStat(text)));
  assert.equal(parseStat(''), null);
  assert.equal(parseStat('1 (init) S'), null);
});

test('this very process is read from procfs', () => {
  const stat = readStat(process.pid);
  assert.equal(stat?.pid, process.pid);
  assert.equal(stat?.ppid, process.ppid);
  assert.ok(isAlive(identify(process.pid)));
});

test('a signal goes to no process with another start time, nor to PID 1', () => {
  assert.equal(signal({ ...identify(process.pid), startTicks: 1 }, 'SIGKILL'), false);
  assert.equal(signal({ pid: 1, startTicks: readStat(1)?.startTicks ?? 0 }, 'SIGCONT'), false);
});
