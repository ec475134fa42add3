import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReaderJob } from './reader-job.ts';
import { ReaderQueue } from './reader-queue.ts';

const job = (path: string, bulk = false): ReaderJob => new ReaderJob({ op: 'list', path }, { bulk });
const paths = (jobs: readonly ReaderJob[]): string[] =>
  jobs.map(({ request }) => (request.op === 'run' ? '' : request.path));

function queueOf(...jobs: readonly ReaderJob[]): ReaderQueue {
  const queue = new ReaderQueue();
  for (const each of jobs) queue.push(each);
  return queue;
}

test('bulk reads queued first let the others pass, and still get their part of a batch', () => {
  const bulk = Array.from({ length: 100 }, (_, i) => job(`/bulk/${i}`, true));
  const queue = queueOf(...bulk, ...Array.from({ length: 100 }, (_, i) => job(`/${i}`)));
  const batch = paths(queue.take(8));
  assert.deepEqual(batch, ['/0', '/1', '/2', '/3', '/4', '/5', '/bulk/0', '/bulk/1']);
});

test('bulk reads alone do not fill a batch, so that what comes next does not wait long', () => {
  const queue = queueOf(...Array.from({ length: 100 }, (_, i) => job(`/bulk/${i}`, true)));
  assert.equal(queue.take(128).length, 32);
  assert.equal(queue.length, 68);
});

test('even the smallest batch takes a bulk read, so that none starves', () => {
  const queue = queueOf(job('/bulk', true), job('/a'));
  assert.deepEqual(paths(queue.take(1)), ['/bulk']);
});

test('what may not go keeps its place', () => {
  const queue = queueOf(job('/dead/a'), job('/b'), job('/dead/c'), job('/d'));
  assert.deepEqual(paths(queue.take(2, ({ request }) => request.op === 'list' && !request.path.startsWith('/dead'))), [
    '/b',
    '/d',
  ]);
  assert.deepEqual(paths(queue.take(2)), ['/dead/a', '/dead/c']);
});

test('what is put back goes first, each in its class', () => {
  const queue = queueOf(job('/a'), job('/bulk/a', true));
  queue.putFirst([job('/first'), job('/bulk/first', true)]);
  assert.deepEqual(paths(queue.remove()), ['/first', '/a', '/bulk/first', '/bulk/a']);
  assert.equal(queue.length, 0);
});

test('a hundred thousand jobs can be put back at once', () => {
  const queue = new ReaderQueue();
  queue.putFirst(Array.from({ length: 200_000 }, () => job('/a')));
  assert.equal(queue.length, 200_000);
});
