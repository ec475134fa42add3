import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { canIsolate, runIsolated } from './isolated.ts';

const skip = canIsolate() ? false : 'no namespaces can be had here';
const inside = (script: string): Promise<number | null> => runIsolated(['/bin/sh', '-c', script]);

test('what is isolated has processes, a temporary folder and logs of its own, and a loopback', { skip }, async () => {
  assert.equal(await inside('test "$(ls -d /proc/[0-9]* | wc -l)" -lt 6'), 0);
  assert.equal(await inside('test -z "$(ls -A "$TMPDIR" /var/log/ | grep -v :)"'), 0);
  assert.equal(await inside('ip link show up | grep -q lo:'), 0);
});

test('its exit code is told, once what it left running has ended', { skip }, async () => {
  const file = join(tmpdir(), `notready-isolated-test-${process.pid}`);
  try {
    assert.equal(await inside(`(sleep 0.2; touch ${file}) & exit 3`), 3);
    assert.ok(existsSync(file));
  } finally {
    rmSync(file, { force: true });
  }
});
