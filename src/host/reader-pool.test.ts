import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmlessReads } from './harmless-reads.ts';
import { findReaderEntry } from './reader-entry.ts';
import { DEFAULT_LIMITS, type ReaderLimits } from './reader-limits.ts';
import { ReaderPool, type ReaderPoolOptions } from './reader-pool.ts';
import { ReaderWorker } from './reader-worker.ts';

const text = (path: string) => ({ op: 'read', path, maxBytes: 4096 }) as const;

function poolWith(startWorker: ReaderPoolOptions['startWorker'], limits: Partial<ReaderLimits> = {}): ReaderPool {
  const isHarmless = harmlessReads('/proc', '/sys');
  return new ReaderPool({ startWorker, isHarmless, limits: { ...DEFAULT_LIMITS, ...limits } });
}

/** What spawn throws on a host without free pids or memory. */
function refuse(): never {
  throw Object.assign(new Error('spawn EAGAIN'), { code: 'EAGAIN' });
}

/** A child that dies before it is ready, as one does that is refused its threads. */
const dying: ReaderPoolOptions['startWorker'] = (listener) => new ReaderWorker('/dev/null/none.mjs', listener);

for (const [how, startWorker, error] of [
  ['is refused', refuse, 'EAGAIN'],
  ['dies at its start', dying, 'CRASHED'],
] as const) {
  test(`where every child ${how}, what cannot hang is read in this process, and the rest is named`, async () => {
    const pool = poolWith(startWorker);
    const [loadavg, cmdline, pids, root] = await Promise.all([
      pool.submit(text('/proc/loadavg')),
      pool.submit(text('/proc/1/cmdline')),
      pool.submit({ op: 'list', path: '/proc' }),
      pool.submit({ op: 'statfs', path: '/' }),
    ]);
    assert.ok(loadavg.ok && pids.ok);
    assert.partialDeepStrictEqual(cmdline, { ok: false, error });
    assert.partialDeepStrictEqual(root, { ok: false, error });
    assert.deepEqual(pool.unread(), [
      { operation: 'read', path: '/proc/1/cmdline', error },
      { operation: 'statfs', path: '/', error },
    ]);
    const gone = await pool.submit(text('/proc/sys/kernel/no_such_setting'));
    assert.partialDeepStrictEqual(gone, { ok: false, error: 'ENOENT' });
    pool.close();
  });
}

test('a child that can be started after some tries does it all', async () => {
  let tries = 0;
  const entry = findReaderEntry();
  const pool = poolWith((listener) => {
    tries += 1;
    return tries < 3 ? refuse() : new ReaderWorker(entry, listener);
  });
  const [cmdline, self] = await Promise.all([
    pool.submit(text('/proc/self/cmdline')),
    pool.submit({ op: 'readlink', path: '/proc/self' }),
  ]);
  assert.ok(cmdline.ok);
  assert.ok(self.ok && Number(self.value) !== process.pid);
  assert.deepEqual(pool.unread(), []);
  pool.close();
});

test('reads in this process end with the pool', async () => {
  const pool = poolWith(refuse);
  const first = pool.submit(text('/proc/loadavg'));
  assert.ok((await first).ok);
  const rest = Array.from({ length: 500 }, () => pool.submit(text('/proc/loadavg')));
  await Promise.resolve();
  pool.close();
  assert.ok((await Promise.all(rest)).every((read) => !read.ok && read.error === 'SKIPPED'));
});

test('bulk reads that came first do not keep the others waiting', async () => {
  const entry = findReaderEntry();
  const pool = poolWith((listener) => new ReaderWorker(entry, listener));
  let bulkDone = 0;
  const bulk = Array.from({ length: 5000 }, () =>
    pool.submit(text('/proc/self/stat'), { bulk: true }).then(() => {
      bulkDone += 1;
    }),
  );
  await bulk[0];
  assert.ok((await pool.submit(text('/proc/loadavg'))).ok);
  assert.ok(bulkDone < 1000, `${bulkDone} bulk reads were done before`);
  await Promise.all(bulk);
  pool.close();
});
