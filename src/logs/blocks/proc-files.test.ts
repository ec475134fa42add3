import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from '../formats/dates.ts';
import { readPressure, readProcessStatus } from './proc-files.ts';

const CLOCK = liveClock(Date.UTC(2026, 10, 24));

const STATUS = `Name:\tdd
Umask:\t0022
State:\tD (disk sleep)
Tgid:\t4242
Ngid:\t0
Pid:\t4242
PPid:\t4200
TracerPid:\t0`.split('\n');

test('a process by its own status: in which state, and whose child', () => {
  const [statement] = readProcessStatus(STATUS, 0, CLOCK)?.statements ?? [];
  assert.partialDeepStrictEqual(statement?.fact(0, 0), {
    type: 'process',
    pid: 4242,
    ppid: 4200,
    comm: 'dd',
    state: 'D',
  });
  assert.deepEqual(statement?.links, [['process:4242', 'child-of', 'process:4200']]);
});

test('what else begins with a name is no process', () => {
  assert.equal(readProcessStatus(['Name:  web-0', 'Namespace:  prod', 'Status:  Running'], 0, CLOCK), null);
});

test('pressure below the file that it was read from', () => {
  const lines = [
    '# cat /proc/pressure/io',
    'some avg10=12.50 avg60=8.00 avg300=1.25 total=123456',
    'full avg10=10.00 avg60=7.00 avg300=1.00 total=100000',
  ];
  const block = readPressure(lines, 0, CLOCK);
  assert.equal(block?.taken, 3);
  assert.partialDeepStrictEqual(block?.statements[0]?.fact(0, 0), {
    type: 'pressure',
    resource: 'io',
    some: { avg10: 12.5, avg60: 8, avg300: 1.25 },
    full: { avg10: 10 },
  });
  assert.equal(readPressure(['cat /proc/pressure/cpu', 'permission denied'], 0, CLOCK), null);
});

test('no cut or shuffled status ends it', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(STATUS), (lines) => {
      for (const { fact } of readProcessStatus(lines, 0, CLOCK)?.statements ?? []) fact(0, 0);
    }),
  );
});
