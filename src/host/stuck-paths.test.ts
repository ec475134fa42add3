import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReaderOperation } from './reader-protocol.ts';
import { StuckPaths } from './stuck-paths.ts';

const stat = (path: string): ReaderOperation => ({ op: 'stat', path });

test('a mount that hung is not entered again, its neighbours are', () => {
  const stuck = new StuckPaths();
  stuck.add({ op: 'statfs', path: '/mnt/nfs/' });
  assert.ok(stuck.holds(stat('/mnt/nfs')));
  assert.ok(stuck.holds(stat('/mnt/nfs/a/b')));
  assert.ok(!stuck.holds(stat('/mnt/nfs2')));
  assert.ok(!stuck.holds(stat('/mnt')));
});

test('the files of a process that need its memory map hang together, the others do not', () => {
  const stuck = new StuckPaths();
  stuck.add({ op: 'read', path: '/proc/42/cmdline', maxBytes: 1 });
  assert.ok(stuck.holds(stat('/proc/42/environ')));
  assert.ok(stuck.holds(stat('/proc/42/task/43/smaps')));
  assert.ok(!stuck.holds(stat('/proc/42/stat')));
  assert.ok(!stuck.holds(stat('/proc/43/cmdline')));
});

test('a hang at / does not close the whole host', () => {
  const stuck = new StuckPaths();
  stuck.add({ op: 'statfs', path: '/' });
  assert.ok(stuck.holds(stat('/')));
  assert.ok(!stuck.holds(stat('/proc/1/stat')));
});
