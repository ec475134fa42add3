import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { identify } from '../../processes.ts';
import { cleaningUp } from './cleanup.ts';
import { parseHolder, takeLock } from './lock.ts';

const nobody = (): void => assert.fail('no one to wait for');

test('a free lock is taken, names its holder, and is gone after the clean-up', async (t) => {
  const folder = temporaryDirectory(t);
  const path = join(folder, 'lock');
  await cleaningUp(async (later) => {
    await takeLock(path, later, nobody);
    assert.deepEqual(parseHolder(readFileSync(path, 'utf8')), identify(process.pid));
    assert.deepEqual(readdirSync(folder), ['lock']);
  });
  assert.deepEqual(readdirSync(folder), []);
});

test('the lock of a process that is gone, or of its pid taken by another, counts for nothing', async (t) => {
  const path = join(temporaryDirectory(t), 'lock');
  for (const stale of [JSON.stringify({ pid: process.pid, startTicks: 1 }), '{"pid":', '']) {
    writeFileSync(path, stale);
    await cleaningUp((later) => takeLock(path, later, nobody));
    assert.equal(existsSync(path), false);
  }
});

test('who comes second waits, says for whom, and has the lock once it is free', async (t) => {
  const path = join(temporaryDirectory(t), 'lock');
  writeFileSync(path, JSON.stringify(identify(process.pid)));
  const told: number[] = [];
  await cleaningUp(async (later) => {
    const waiting = takeLock(path, later, (pid) => told.push(pid), 5);
    setTimeout(() => rmSync(path), 20);
    await waiting;
  });
  assert.deepEqual(told, [process.pid]);
});

test('no text makes reading a lock throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseHolder(text) === null));
});
