import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { groupsBelow, hierarchies } from '../../lab/cgroup.ts';
import { readOr, threadStates } from '../../lab/processes.ts';
import { journalFile } from '../../lab/undo.ts';
import { until } from '../../lab/wait.ts';
import { addedSince, leftInTheEnd, machineState } from '../support/left-behind.ts';
import { realTest } from '../support/real.ts';

const NEEDS = ['docker', 'loop', 'cgroups', 'cluster'] as const;
const TIMEOUT_MS = 240_000;
const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'notready');

/** `notready lab run NAME`, and the lab's folder as soon as that is told. */
async function startRun(name: string): Promise<{ child: ChildProcess; folder: string }> {
  const child = spawn(PROGRAM, ['lab', 'run', name, '--no-install', '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const folder = await until({ en: 'the lab to say its folder', zh: '' }, () =>
    /(\/\S*notready-lab-\w{6})\b/.exec(said),
  );
  return { child, folder: folder[1] ?? '' };
}

/** Whether an undo of this kind is in the journal: it is written right before its act. */
function isDue(folder: string, kind: string): boolean {
  return readOr(journalFile(folder), '').includes(`"kind":"${kind}"`);
}

/** Threads of the lab's processes that wait in the kernel, where no signal helps. */
function hasStuckThread(folder: string): boolean {
  const groups = hierarchies().flatMap((h) => groupsBelow(join(h.mountPoint, basename(folder))));
  const pids = groups.flatMap((group) => readOr(join(group, 'cgroup.procs'), '').trim().split('\n').map(Number));
  return pids.some((pid) => [...threadStates(pid).values()].includes('D'));
}

async function killedLeavesNothing(name: string, amid: (folder: string) => boolean): Promise<void> {
  const before = machineState();
  const { child, folder } = await startRun(name);
  try {
    await until({ en: 'the injection', zh: '' }, () => amid(folder), 150_000, 20);
  } finally {
    child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL', 'it was not over yet');
  await until({ en: 'the folder to go', zh: '' }, () => !existsSync(folder), 60_000);
  assert.deepEqual([...(await leftInTheEnd(folder)), ...addedSince(before)], []);
}

realTest(
  'a run killed by SIGKILL while its filesystem is frozen and a container cannot die leaves nothing behind',
  NEEDS,
  () => killedLeavesNothing('cluster/frozen-filesystem', (f) => isDue(f, 'thaw') && hasStuckThread(f)),
  TIMEOUT_MS,
);

realTest(
  'a run killed by SIGKILL as it stops a shim leaves nothing behind',
  NEEDS,
  () => killedLeavesNothing('hung-shim', (f) => isDue(f, 'resume')),
  TIMEOUT_MS,
);
