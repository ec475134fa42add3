import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../../test/support/recorded-host.ts';
import type { ComponentName, Daemon } from './identify.ts';
import { requestStackDump } from './stack-dump.ts';

const STAT = (state: string, startTicks: number, comm = 'dockerd') =>
  `7 (${comm}) ${state} 1 7 7 0 -1 4194560 1 1 1 1 1 1 1 1 20 0 12 0 ${startTicks} 1 1`;

function daemon(name: ComponentName): Daemon {
  const process = { pid: 7, ppid: 1, comm: name, state: 'S', startTicks: 500, threads: 12, exe: null, args: [] };
  return { name, process, within: null, startedBy: null };
}

async function ask(stat: string, name: ComponentName = 'dockerd') {
  const sent: [number, string][] = [];
  const host = recordedHost({ files: { '/proc/7/stat': stat } });
  const refused = await requestStackDump(host, daemon(name), (pid, signal) => sent.push([pid, signal]));
  return { sent, refused };
}

test('the very process that was seen gets the signal', async () => {
  assert.deepEqual(await ask(STAT('S', 500)), { sent: [[7, 'SIGUSR1']], refused: null });
});

test('another process under the same pid gets none', async () => {
  assert.deepEqual((await ask(STAT('S', 900))).sent, []);
  assert.deepEqual((await ask(STAT('S', 500, 'bash'))).sent, []);
  assert.deepEqual((await ask('')).sent, []);
});

test('a daemon that SIGUSR1 would end gets none, nor does a stopped one', async () => {
  assert.deepEqual((await ask(STAT('S', 500, 'kubelet'), 'kubelet')).sent, []);
  assert.deepEqual((await ask(STAT('S', 500, 'crio'), 'crio')).sent, []);
  assert.deepEqual((await ask(STAT('T', 500))).sent, []);
});
