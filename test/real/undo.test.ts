import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groupsBelow, hierarchies } from '../../lab/cgroup.ts';
import { LabError } from '../../lab/errors.ts';
import { freezeFilesystem } from '../../lab/faults/freeze.ts';
import { Lab } from '../../lab/lab.ts';
import { mountsBelow } from '../../lab/mounts.ts';
import { isRunning, type ProcessId, readStat, signal } from '../../lab/processes.ts';
import { runSync } from '../../lab/run.ts';
import { sweepLabs } from '../../lab/sweep.ts';
import { until } from '../../lab/wait.ts';
import { realTest } from '../support/real.ts';

const SCRIPT = fileURLToPath(new URL('../support/lab-to-kill.ts', import.meta.url));

interface Victim {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly pid: number;
}

async function startVictim(): Promise<Victim> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const said = JSON.parse(line.toString('utf8')) as { folder: string; pid: number };
  assert.equal(readStat(said.pid)?.state, 'Z', 'the zombie is there');
  assert.equal(mountsBelow(join(said.folder, 'disk1')).length, 1, 'the frozen filesystem is mounted');
  return { child, ...said };
}

function leftBehind({ folder, pid }: Victim): string[] {
  const groups = hierarchies().flatMap((h) => groupsBelow(join(h.mountPoint, basename(folder))));
  const loops = runSync(['losetup', '--list', '--noheadings', '--output', 'BACK-FILE']).stdout;
  return [
    ...(existsSync(folder) ? [folder] : []),
    ...mountsBelow(folder).map((m) => m.mountPoint),
    ...groups,
    ...(loops.includes(folder) ? ['a loop device'] : []),
    ...(readStat(pid) ? [`process ${pid}`] : []),
  ];
}

async function untilNothingIsLeft(victim: Victim): Promise<void> {
  await until({ en: 'the folder to go', zh: '' }, () => !existsSync(victim.folder), 30_000);
  await until({ en: 'the zombie to be reaped', zh: '' }, () => readStat(victim.pid) === null, 30_000);
  assert.deepEqual(leftBehind(victim), []);
}

const NEEDS = ['docker', 'loop', 'cgroups'] as const;

realTest('a lab killed by SIGKILL is taken back by its guardian, the frozen filesystem first', NEEDS, async () => {
  const victim = await startVictim();
  victim.child.kill('SIGKILL');
  await untilNothingIsLeft(victim);
});

realTest('a lab ended by SIGTERM takes itself back before it ends', NEEDS, async () => {
  const victim = await startVictim();
  victim.child.kill('SIGTERM');
  const [code] = (await once(victim.child, 'exit')) as [number];
  assert.equal(code, 143);
  await untilNothingIsLeft(victim);
});

realTest('a lab killed together with its guardian is swept up later', NEEDS, async () => {
  const victim = await startVictim();
  const owners = JSON.parse(readFileSync(join(victim.folder, 'owners.json'), 'utf8')) as ProcessId[];
  assert.deepEqual(
    sweepLabs().filter((s) => s.folder === victim.folder),
    [],
    'a lab in use is left alone',
  );
  // The guardian first, or it would do its work.
  for (const owner of owners.toReversed()) signal(owner, 'SIGKILL');
  await once(victim.child, 'exit');
  await until({ en: 'the guardian to be gone', zh: '' }, () => !owners.some(isRunning));
  assert.ok(existsSync(victim.folder));
  assert.deepEqual(
    sweepLabs().filter((s) => s.folder === victim.folder),
    [{ folder: victim.folder, failures: [] }],
  );
  await untilNothingIsLeft(victim);
});

realTest('nothing but a loop mount of the lab is ever frozen', NEEDS, async () => {
  const lab = new Lab();
  try {
    const disk = await lab.disk(16);
    for (const mountPoint of ['/', '/tmp', lab.folder, `${disk.mountPoint}/..`]) {
      await assert.rejects(freezeFilesystem(lab.workspace, { ...disk, mountPoint }), LabError);
    }
  } finally {
    assert.deepEqual(await lab.close(), []);
  }
});
