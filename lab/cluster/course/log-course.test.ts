import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { keptLog, LogCourse } from './log-course.ts';

test('what was logged before the course is no part of it', (t) => {
  const path = join(temporaryDirectory(t), 'kubelet.log');
  writeFileSync(path, 'before\n');
  const log = new LogCourse(path);
  appendFileSync(path, 'since\n');
  assert.equal(log.read(), 'since\n');
});

test('of a long log start and end are kept, by whole lines, and it is said how many are not', () => {
  const lines = Array.from({ length: 100 }, (_, i) => `line ${String(i).padStart(3, '0')}\n`);
  const kept = keptLog(lines.join(''), 100);
  assert.equal(kept, [...lines.slice(0, 5), '... 90 lines left out ...\n', ...lines.slice(95)].join(''));
  assert.equal(keptLog('short\n', 100), 'short\n');
});

test('a secret in a log is not kept', () => {
  assert.doesNotMatch(keptLog('curl -u admin:hunter2hunter2 https://registry\n'), /hunter2/);
});

test('nor is what a starting kubelet logs of the machine', () => {
  const start = 'I1125 00:10:30.295243    3775 manager.go:213] Machine: {NumCores:2 MachineID:4f1d}\n';
  assert.equal(
    keptLog(`${start}I1125 00:10:30.3 3775 server.go:1] Started kubelet\n`),
    'I1125 00:10:30.3 3775 server.go:1] Started kubelet\n',
  );
});
