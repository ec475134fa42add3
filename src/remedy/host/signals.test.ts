import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OWN_PID, performWith, recordedDeps, type StandIns } from '../../../test/support/actor-deps.ts';
import { frozenWriter, statLine, statusText, WRITER } from '../../../test/support/frozen-writer.ts';
import type { RecordedFile, RecordedMachine } from '../../../test/support/recorded-host.ts';
import type { ProcessRef } from '../act.ts';
import { isKillPending } from './threads.ts';

const SELF = {
  '/proc/self/status': 'NSpid:\t950\n',
  [`/proc/${OWN_PID}/stat`]: statLine(OWN_PID, 'node', 'S', 1, 7, 9000),
};

function machineOf(files: Record<string, RecordedFile>): RecordedMachine & { files: Record<string, RecordedFile> } {
  return { files: { ...SELF, ...files } };
}

/** Takes a signal as a process would: a change of the recorded machine. */
function onSignal(act: (asked: string) => void): StandIns {
  return { onAct: act };
}

const RUNC: ProcessRef = { pid: 4711, startTicks: 5000, comm: 'runc' };
const STAT = '/proc/4711/stat';

test('a stopped process is resumed', async () => {
  const machine = machineOf({ [STAT]: statLine(4711, 'dockerd', 'T', 1, 1, 5000) });
  const { deps, asked } = recordedDeps(
    machine,
    onSignal(() => {
      machine.files[STAT] = statLine(4711, 'dockerd', 'S', 1, 1, 5000);
    }),
  );
  const outcome = await performWith(deps, { kind: 'resume-process', process: RUNC });
  assert.deepEqual([outcome.status, asked], ['done', ['SIGCONT 4711']]);
});

test('one that a debugger holds, or that runs, is not', async () => {
  for (const state of ['t', 'S']) {
    const { deps, asked } = recordedDeps(machineOf({ [STAT]: statLine(4711, 'dockerd', state, 1, 1, 5000) }));
    const outcome = await performWith(deps, { kind: 'resume-process', process: RUNC });
    assert.deepEqual([outcome.status, outcome.precondition, asked], ['refused', 'is-stopped', []]);
  }
});

test('SIGTERM comes first where it is to be gentle, and SIGKILL only if need be', async () => {
  for (const endsOn of ['SIGTERM', 'SIGKILL']) {
    const machine = machineOf({ [STAT]: statLine(4711, 'runc', 'S', 700, 1, 5000) });
    const { deps, asked } = recordedDeps(
      machine,
      onSignal((signal) => {
        if (signal.startsWith(endsOn)) delete machine.files[STAT];
      }),
    );
    const outcome = await performWith(deps, { kind: 'end-process', process: RUNC, gentle: true });
    assert.equal(outcome.status, 'done');
    assert.equal(asked.at(-1), `${endsOn} 4711`);
    assert.match(outcome.text.en, new RegExp(`has ended \\(${endsOn}\\)`));
  }
});

test('a zombie is told with the parent that must reap it', async () => {
  const machine = machineOf({
    [STAT]: statLine(4711, 'runc', 'S', 700, 1, 5000),
    '/proc/700/stat': statLine(700, 'containerd-shim', 'T', 1, 11, 4000),
  });
  const standIns = onSignal(() => {
    machine.files[STAT] = statLine(4711, 'runc', 'Z', 700, 1, 5000);
  });
  const outcome = await performWith(recordedDeps(machine, standIns).deps, {
    kind: 'end-process',
    process: RUNC,
    gentle: false,
  });
  assert.equal(outcome.status, 'done');
  assert.match(outcome.text.en, /zombie until its parent containerd-shim \(PID 700\) reaps it, which is stopped/);
});

test('daemons and shims are not ended as children are', async () => {
  for (const comm of ['dockerd', 'kubelet', 'containerd-shim']) {
    const { deps, asked } = recordedDeps(machineOf({ [STAT]: statLine(4711, comm, 'S', 1, 1, 5000) }));
    const outcome = await performWith(deps, { kind: 'end-process', process: RUNC, gentle: false });
    assert.deepEqual([outcome.precondition, asked], ['not-a-daemon', []], comm);
  }
});

test('a zombie leader whose threads wait in the kernel has not ended, and is not killed twice', async () => {
  const { files, ...rest } = frozenWriter();
  const machine = { ...rest, ...machineOf(files) };
  const writer = { pid: WRITER.leader, startTicks: 207_817, comm: 'writer' };
  const end = { kind: 'end-process', process: writer, gentle: false } as const;
  const first = await performWith(recordedDeps(machine).deps, end);
  assert.equal(first.status, 'timed-out');
  assert.match(first.text.en, /thread 27515 waits in the kernel \(D, in percpu_rwsem_wait\)/);
  for (const tid of WRITER.threads) {
    const status = `${statusText(tid, 8, 23)}SigPnd:\t0000000000000100\n`;
    machine.files[`/proc/${WRITER.leader}/task/${tid}/status`] = status;
  }
  const { deps, asked } = recordedDeps(machine);
  const second = await performWith(deps, end);
  assert.deepEqual([second.precondition, asked], ['no-kill-pending', []]);
});

test('a shim is killed as that of its own container only', async () => {
  const { files, ...rest } = frozenWriter();
  const machine = { ...rest, ...machineOf(files) };
  const shim = { pid: WRITER.shim, startTicks: 207_817, comm: 'containerd-shim' };
  const kill = (containerId: string) =>
    performWith(
      recordedDeps(
        machine,
        onSignal(() => {
          delete machine.files[`/proc/${WRITER.shim}/stat`];
        }),
      ).deps,
      { kind: 'kill-shim', process: shim, containerId },
    );
  assert.equal((await kill('0'.repeat(64))).precondition, 'is-shim-of-container');
  assert.equal((await kill(WRITER.container)).status, 'done');
});

test('the shim of a pod is known by its children, even by the threads of a dead one', async () => {
  const { files, ...rest } = frozenWriter();
  const machine = { ...rest, ...machineOf(files) };
  const cmdline = `/usr/bin/containerd-shim-runc-v2\0-namespace\0k8s.io\0-id\0${'5'.repeat(64)}\0`;
  machine.files[`/proc/${WRITER.shim}/cmdline`] = cmdline;
  const shim = { pid: WRITER.shim, startTicks: 207_817, comm: 'containerd-shim' };
  const standIns = onSignal(() => {
    delete machine.files[`/proc/${WRITER.shim}/stat`];
  });
  const kill = { kind: 'kill-shim', process: shim } as const;
  const { deps } = recordedDeps(machine, standIns);
  assert.equal((await performWith(deps, { ...kill, containerId: '6'.repeat(64) })).status, 'refused');
  const outcome = await performWith(deps, { ...kill, containerId: '5'.repeat(64) });
  assert.equal(outcome.status, 'done');
  assert.match(outcome.progress[0] ?? '', /other containers too, which end with it: 9b73757ef84a/);
  machine.files[`/proc/${WRITER.shim}/stat`] = statLine(WRITER.shim, 'containerd-shim', 'S', 1, 1, 207_817);
  assert.equal((await performWith(deps, { ...kill, containerId: WRITER.container })).status, 'done');
});

test('SIGKILL is seen in the pending set', () => {
  assert.equal(isKillPending('SigPnd:\t0000000000000100\n'), true);
  assert.equal(isKillPending('SigPnd:\t0000000000004000\nShdPnd:\t0000000000000100\n'), false);
  assert.equal(isKillPending(''), false);
});
