import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine } from './progress.ts';

test('the progress line says what it still waits for, four names at most', () => {
  assert.equal(progressLine('en', ['docker', 'cri'], 4210, 10_000), '  4.2s of 10s, waiting for docker, cri');
  assert.equal(progressLine('zh', ['a', 'b', 'c', 'd', 'e', 'f'], 3000, 90_000), '  已用 3s/1m30s，等待 a, b, c, d +2');
});
