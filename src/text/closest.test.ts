import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest } from './closest.ts';

const CAUSES = ['storage-unresponsive', 'runtime-down', 'disk-full', 'cni-not-ready'];

test('a slip of the finger finds the word', () => {
  assert.equal(closest('storage-unresponsiv', CAUSES), 'storage-unresponsive');
  assert.equal(closest('runtme-donw', CAUSES), 'runtime-down');
});

test('a part of the word finds it', () => {
  assert.equal(closest('storage', CAUSES), 'storage-unresponsive');
  assert.equal(closest('cni', CAUSES), 'cni-not-ready');
});

test('something else finds nothing', () => {
  assert.equal(closest('kubernetes', CAUSES), null);
  assert.equal(closest('', CAUSES), null);
});
