import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { tryConnect } from './connect.ts';

const limits = { deadlineMs: 5000 };

test('a listener is reached', async (t) => {
  const path = join(temporaryDirectory(t), 's');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const result = await tryConnect(path, limits);
  server.close();
  assert.equal(result.outcome, 'ok');
});

test('the errno tells a missing socket from one that its daemon left behind', async (t) => {
  const folder = temporaryDirectory(t);
  const left = join(folder, 'left');
  // bound by a process that ends without unlinking
  const bind = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';
  spawnSync(process.execPath, ['-e', bind, left]);
  const codes = await Promise.all([left, join(folder, 'none')].map((p) => tryConnect(p, limits)));
  assert.deepEqual(
    codes.map((r) => r.outcome === 'error' && r.code),
    ['ECONNREFUSED', 'ENOENT'],
  );
});

test('a stopped daemon accepts until its queue is full, and is a timeout from then on', async (t) => {
  const path = join(temporaryDirectory(t), 's');
  const listen =
    'require("net").createServer().listen({path: process.argv[1], backlog: 1}, () => console.log("ready"))';
  const daemon = spawn(process.execPath, ['-e', listen, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => daemon.kill('SIGKILL'));
  await once(daemon.stdout, 'data');
  daemon.kill('SIGSTOP');
  assert.equal((await tryConnect(path, limits)).outcome, 'ok');
  const codes = new Set<string>();
  for (let i = 0; i < 10 && !codes.has('EAGAIN'); i += 1) {
    const result = await tryConnect(path, { deadlineMs: 120 });
    codes.add(result.outcome === 'timeout' ? result.code : result.outcome);
  }
  assert.ok(codes.has('EAGAIN'), [...codes].join());
});

test('a path too long for a socket is an error, not a cut path', async () => {
  const result = await tryConnect(`/tmp/${'x'.repeat(200)}`, limits);
  assert.equal(result.outcome, 'error');
});
