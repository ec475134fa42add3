import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from './dates.ts';
import { parseLogLine as parse } from './log-line.ts';

const parseLogLine = (text: string, now: number) => parse(text, liveClock(now));

const NOW = new Date(2026, 10, 24, 6, 0, 0).getTime();

test('klog gives neither year nor zone: the latest such moment that is past', () => {
  const line = parseLogLine('E1014 17:14:42.470286    2261 kubelet.go:1765] skipping pod synchronization - x', NOW);
  assert.partialDeepStrictEqual(line, {
    at: new Date(2026, 9, 14, 17, 14, 42, 470).getTime(),
    pid: 2261,
    text: 'E1014 17:14:42.470286    2261 kubelet.go:1765] skipping pod synchronization - x',
  });
});

test('a line of December read in January is of last year', () => {
  const january = new Date(2027, 0, 1, 0, 0, 30).getTime();
  const line = parseLogLine('I1231 23:59:58.000000       1 kubelet.go:1] "x"', january);
  assert.equal(line.at, new Date(2026, 11, 31, 23, 59, 58).getTime());
});

test('a line of 29 February is of the last leap year', () => {
  const line = parseLogLine('I0229 01:02:03.000000       1 kubelet.go:1] "x"', NOW);
  assert.equal(line.at, new Date(2024, 1, 29, 1, 2, 3).getTime());
});

test('a clock that is a little ahead does not cost a year', () => {
  const line = parseLogLine('I1124 06:00:09.000000       1 kubelet.go:1] "x"', NOW);
  assert.equal(line.at, NOW + 9000);
});

test('the prefix of syslog goes, and the time in the message wins over its late one', () => {
  const line = parseLogLine(
    'Oct  8 16:43:07 worker9 k3s[1636]: E1008 16:42:14.282939    1636 kuberuntime_container.go:652] Container',
    NOW,
  );
  assert.equal(line.text, 'E1008 16:42:14.282939    1636 kuberuntime_container.go:652] Container');
  assert.equal(line.at, new Date(2026, 9, 8, 16, 42, 14, 282).getTime());
});

test('where the message has no time, the time of syslog counts', () => {
  assert.equal(
    parseLogLine('Oct  8 16:43:07 worker9 systemd[1]: kubelet.service: Failed', NOW).at,
    new Date(2026, 9, 8, 16, 43, 7).getTime(),
  );
});

test('JSON logs count milliseconds', () => {
  const line = parseLogLine('{"ts":1753141980841.7654,"caller":"kubelet/kubelet.go:2406","msg":"x","v":0}', NOW);
  assert.equal(Math.floor(line.at ?? 0), 1_753_141_980_841);
});

test('dockerd and containerd, to a file and to a terminal', () => {
  const at = Date.parse('2024-08-07T19:07:50.950+08:00');
  for (const text of [
    'time="2024-08-07T19:07:50.950859134+08:00" level=error msg="x"',
    'INFO[2024-08-07T19:07:50.950859134+08:00] shim disconnected      id=bdcd',
    '2024-08-07T11:07:50.950Z host dockerd[56029]: x',
  ]) {
    assert.equal(Math.floor(parseLogLine(text, NOW).at ?? 0), at, text);
  }
});

test('a line without a time has none', () => {
  for (const text of ['', 'goroutine 1 [running]:', 'INFO[67974] Container failed', 'E1399 00:00:00.0 1 a.go:1] x']) {
    assert.equal(parseLogLine(text, NOW).at, null, text);
  }
});

test('no line makes it throw, and none is kept at any length', () => {
  fc.assert(fc.property(fc.string(), (text) => parseLogLine(text, NOW).text.length <= text.length));
  assert.equal(parseLogLine('x'.repeat(1_000_000), NOW).text.length, 4096);
});
