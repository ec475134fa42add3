import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OWN_PID, recordedDeps } from '../../../test/support/actor-deps.ts';
import { statLine, statusText } from '../../../test/support/frozen-writer.ts';
import type { RecordedFile } from '../../../test/support/recorded-host.ts';
import type { ProcessRef } from '../act.ts';
import { isOfOtherNamespace, lookAt, refusalToSignal } from './process-look.ts';

const RUNC: ProcessRef = { pid: 4711, startTicks: 5000, comm: 'runc' };
const ID = '9b73757ef84a7117e44cf8fc738cee132622032020caf21c6da9a35453a58932';

const FILES: Record<string, RecordedFile> = {
  '/proc/sys/kernel/random/boot_id': 'aaaa\n',
  '/proc/self/status': statusText(950, 950, 1).replace(/NSpid.*/, 'NSpid:\t950'),
  '/proc/4711/stat': statLine(4711, 'runc', 'S', 700, 8, 5000),
  '/proc/4711/cgroup': `0::/docker/${ID}\n`,
  '/proc/700/stat': statLine(700, 'containerd-shim', 'S', 1, 11, 4000),
  '/proc/1/stat': statLine(1, 'systemd', 'S', 0, 1, 1),
  [`/proc/${OWN_PID}/stat`]: statLine(OWN_PID, 'node', 'S', 890, 7, 9000),
  '/proc/890/stat': statLine(890, 'bash', 'S', 1, 1, 8000),
};

async function refusal(ref: ProcessRef, files: Record<string, RecordedFile> = {}): Promise<string | null> {
  const { deps } = recordedDeps({ files: { ...FILES, ...files } });
  const found = refusalToSignal(ref, await lookAt(deps, ref.pid));
  return found === null ? null : `${found.id}: ${found.text.en}`;
}

test('the same process may be signalled', async () => {
  assert.equal(await refusal({ ...RUNC, bootId: 'aaaa', cgroup: `/docker/${ID}` }), null);
});

test('another process under the pid is left alone', async () => {
  const files = { '/proc/4711/stat': statLine(4711, 'postgres', 'S', 1, 1, 6000) };
  assert.match((await refusal(RUNC, files)) ?? '', /^same-process: PID 4711 is another process now \(postgres/);
});

test('a process that has ended is not missed', async () => {
  assert.match((await refusal({ ...RUNC, pid: 4712 })) ?? '', /^same-process: runc \(PID 4712\) has ended by itself/);
});

test('after a reboot start times mean nothing', async () => {
  assert.match((await refusal({ ...RUNC, bootId: 'bbbb' })) ?? '', /^same-process: the host has been rebooted/);
});

test('a process that was moved to another cgroup is not the one that was seen', async () => {
  assert.match((await refusal({ ...RUNC, cgroup: '/docker/other' })) ?? '', /^same-process: .* is not in the cgroup/);
});

test('what cannot be read is not guessed', async () => {
  assert.match((await refusal(RUNC, { '/proc/4711/stat': { stuck: true } })) ?? '', /cannot be read \(STUCK\)/);
});

test('PID 1, kernel threads, notready and what it runs under are never signalled', async () => {
  const ref = (pid: number, startTicks: number): ProcessRef => ({ pid, startTicks, comm: 'x' });
  assert.match((await refusal(ref(1, 1))) ?? '', /^may-be-signalled: PID 1 is never/);
  assert.match(
    (await refusal(ref(OWN_PID, 9000))) ?? '',
    /^may-be-signalled: .* notready itself, or what it runs under/,
  );
  assert.match((await refusal(ref(890, 8000))) ?? '', /^may-be-signalled: .* notready itself, or what it runs under/);
  const kthread = { '/proc/55/stat': statLine(55, 'kworker/0:1', 'D', 2, 1, 20) };
  assert.match((await refusal(ref(55, 20), kthread)) ?? '', /^may-be-signalled: .* is a kernel thread/);
});

test('pids of another namespace are not ours to signal', async () => {
  const files = { '/proc/self/status': statusText(950, 17, 1) };
  assert.match((await refusal(RUNC, files)) ?? '', /^same-pid-namespace:/);
  assert.equal(isOfOtherNamespace('NSpid:\t950\t17\n'), true);
  assert.equal(isOfOtherNamespace('NSpid:\t950\n'), false);
  // Before Linux 4.1 the line is not there.
  assert.equal(isOfOtherNamespace('Name:\tnode\n'), false);
});

test('names of processes are made harmless', async () => {
  const files = { '/proc/4711/stat': statLine(4711, 'a\u001b[2Jb', 'S', 1, 1, 6000) };
  assert.match((await refusal(RUNC, files)) ?? '', /\(a\\x1b\[2Jb, started/);
});
