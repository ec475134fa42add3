import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../../test/support/recorded-host.ts';
import { CaseRecorder } from '../../evidence/recorder.ts';
import type { CallResult } from '../../runtimes/call-result.ts';
import type { ComponentName, Daemon } from '../daemons/identify.ts';
import type { Endpoint } from '../endpoints.ts';
import { shareReads } from '../shared-reads.ts';
import { EngineSession } from './engine-session.ts';
import { noteStackDump, requestStackDump } from './stack-dump.ts';

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

const TIMEOUT: CallResult<null> = {
  outcome: 'timeout',
  code: 'DEADLINE_EXCEEDED',
  message: 'no answer',
  tookMs: 4000,
  deadlineMs: 4000,
};
const OK: CallResult<null> = { outcome: 'ok', value: null, tookMs: 1, deadlineMs: 4000 };

/** Which pids are signalled after calls to a dockerd (pid 7) ended so, on each of the sockets it listens on. */
async function signalled(
  calls: readonly CallResult<null>[],
  { stackDumps = true, foundBy = 'listening' }: { stackDumps?: boolean; foundBy?: Endpoint['foundBy'] } = {},
): Promise<number[]> {
  const host = recordedHost({ files: { '/proc/7/stat': STAT('S', 500), '/proc/8/stat': STAT('S', 500) } });
  const context = {
    ...shareReads(host, host.now() + 10_000),
    record: new CaseRecorder(() => host.now()).probe('docker'),
    signal: new AbortController().signal,
    windowMs: 0,
    endpoints: async () => [],
    options: { runtimeEndpoints: [], callTimeoutMs: 1000, stackDumps },
  };
  const sent: number[] = [];
  for (const [i, call] of calls.entries()) {
    const endpoint: Endpoint = { path: `/run/${i}.sock`, kinds: ['docker'], foundBy, listenerPid: 7 };
    const session = new EngineSession(context, endpoint, 'docker');
    await session.ask({ call: 'list', what: 'list', command: null }, async () => call);
    await noteStackDump(session, (pid) => sent.push(pid));
  }
  return sent;
}

test('a daemon that leaves a call unanswered is asked, and one that answers is left alone', async () => {
  assert.deepEqual(await signalled([TIMEOUT]), [7]);
  assert.deepEqual(await signalled([OK]), []);
});

test('a daemon whose socket the user named is asked, answering or not', async () => {
  assert.deepEqual(await signalled([OK], { foundBy: 'flag' }), [7]);
});

test('nobody is asked unless the user wants stack dumps', async () => {
  assert.deepEqual(await signalled([TIMEOUT], { stackDumps: false, foundBy: 'flag' }), []);
});

test('a daemon with several sockets that hang is asked once', async () => {
  assert.deepEqual(await signalled([TIMEOUT, TIMEOUT, OK]), [7]);
});
