import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from './host.ts';
import { createLinuxHost, type LinuxHostOptions } from './linux-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'linux-host-'));
const hosts: Host[] = [];
afterEach(() => {
  for (const host of hosts.splice(0)) host.files.close();
});
after(() => rmSync(folder, { recursive: true }));

/** Opening a FIFO that nobody writes to blocks for ever in the kernel: a safe stand-in for a dead mount. */
let fifos = 0;
function makeFifo(): string {
  fifos += 1;
  const path = join(folder, `fifo${fifos}`);
  execFileSync('mkfifo', [path]);
  return path;
}

function startHost(limits: LinuxHostOptions['limits'] = {}): Host {
  const host = createLinuxHost({ limits: { slowMs: 50, deadlineMs: 200, ...limits } });
  hosts.push(host);
  return host;
}

/** The child that answers: it is what /proc/self is to it. */
async function childPid(host: Host): Promise<number> {
  const self = await host.files.readLink('/proc/self');
  assert.ok(self.ok);
  return Number(self.value);
}

async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 100; i += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(50);
  }
  return false;
}

test('thousands of reads come back, each with its own answer', async () => {
  const host = startHost();
  const paths = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? '/proc/self/comm' : `/proc/sys/nothing-${i}`));
  const reads = await Promise.all(paths.map((path) => host.files.readText(path)));
  assert.equal(reads.filter((read) => read.ok).length, 1000);
  assert.ok(reads.every((read) => read.ok || read.error === 'ENOENT'));
});

test('a read that hangs answers STUCK and tells what its child hangs in; what waits behind it is answered', async () => {
  const host = startHost();
  const fifo = makeFifo();
  const order: string[] = [];
  const [stuck, comm] = await Promise.all([
    host.files.readText(fifo).finally(() => order.push('fifo')),
    host.files.readText('/proc/self/comm').finally(() => order.push('comm')),
  ]);
  assert.deepEqual(order, ['comm', 'fifo']);
  assert.ok(comm.ok);
  assert.partialDeepStrictEqual(stuck, { ok: false, error: 'STUCK' });
  const [report] = host.files.stuck();
  assert.partialDeepStrictEqual(report, { operation: 'read', path: fifo, childState: 'S' });
  assert.ok(await isGone(report?.childPid ?? 0));
});

test('a path that hung is not tried again', async () => {
  const host = startHost();
  const fifo = makeFifo();
  const reads = await Promise.all([
    host.files.readText(fifo),
    host.files.readText(fifo),
    host.files.stat(`${fifo}/below`),
  ]);
  assert.ok(reads.every((read) => !read.ok && read.error === 'STUCK'));
  assert.equal(host.files.stuck().length, 1);
});

test('after too many stuck reads the rest is skipped', async () => {
  const host = startHost({ maxStuck: 2 });
  await Promise.all([host.files.readText(makeFifo()), host.files.readText(makeFifo())]);
  const next = await host.files.readText('/proc/self/comm');
  assert.partialDeepStrictEqual(next, { ok: false, error: 'SKIPPED' });
});

test('the death of a child is an error of the read it was at, and of no other', async () => {
  const host = startHost({ slowMs: 5000, deadlineMs: 10_000 });
  const pid = await childPid(host);
  const reads = Promise.all([host.files.readText(makeFifo()), host.files.readText('/proc/self/comm')]);
  await delay(30);
  process.kill(pid, 'SIGKILL');
  const [first, second] = await reads;
  assert.partialDeepStrictEqual(first, { ok: false, error: 'CRASHED' });
  assert.ok(second.ok);
});

test('close ends the children and answers what was under way', async () => {
  const host = startHost();
  const pid = await childPid(host);
  const pending = host.files.readText(makeFifo());
  host.files.close();
  assert.partialDeepStrictEqual(await pending, { ok: false, error: 'SKIPPED' });
  assert.ok(await isGone(pid));
});

test('a program is run with its output, a foreign one refused, a missing one named', async () => {
  const host = startHost();
  const runc = join(folder, 'runc');
  writeFileSync(runc, '#!/bin/sh\necho "version $#"\nexit 3\n');
  chmodSync(runc, 0o755);
  assert.partialDeepStrictEqual(await host.run([runc, '--version'], { timeoutMs: 5000 }), {
    code: 3,
    stdout: 'version 1\n',
    timedOut: false,
    error: null,
  });
  assert.match((await host.run(['reboot'], { timeoutMs: 5000 })).error ?? '', /not a program that notready runs/);
  assert.equal((await host.run([join(folder, 'none', 'crun'), '--version'], { timeoutMs: 5000 })).error, 'ENOENT');
});

test('a program that does not end is killed at its deadline, its output so far kept', async () => {
  const host = startHost();
  const crun = join(folder, 'crun');
  writeFileSync(crun, '#!/bin/sh\necho started\nexec sleep 60\n');
  chmodSync(crun, 0o755);
  const ended = await host.run([crun, '--version'], { timeoutMs: 500 });
  assert.partialDeepStrictEqual(ended, { code: null, stdout: 'started\n', timedOut: true });
});

test('a program that others than root can replace is not run', async () => {
  const host = startHost();
  const conmon = join(folder, 'conmon');
  writeFileSync(conmon, '#!/bin/sh\necho run\n');
  chmodSync(conmon, 0o777);
  const ended = await host.run([conmon, '--version'], { timeoutMs: 5000 });
  assert.match(ended.error ?? '', /can be written by others/);
  assert.equal(ended.stdout, '');
});

test('paths of the host are found below another root', () => {
  const host = createLinuxHost({ root: '/host/', proc: '/host-proc' });
  assert.equal(host.path('/etc/os-release'), '/host/etc/os-release');
  assert.equal(host.proc('1/stat'), '/host-proc/1/stat');
  assert.equal(host.sys('dev/block'), '/host/sys/dev/block');
  assert.equal(createLinuxHost().proc(), '/proc');
});
