import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performWith, recordedDeps } from '../../../test/support/actor-deps.ts';
import { statLine } from '../../../test/support/frozen-writer.ts';
import type { RecordedMachine } from '../../../test/support/recorded-host.ts';
import type { ServiceRef } from '../act.ts';
import { restartEffects } from './restart-effects.ts';
import { findManager } from './service-manager.ts';

// systemd and the init scripts here are stand-ins: what they print is written down from systemctl(1) of systemd 252.

const DIRECTORY = { kind: 'directory', size: 0, inode: 1, device: '0:1', modifiedAt: 0 } as const;
const FILE = { ...DIRECTORY, kind: 'file' } as const;
const SHOW =
  'systemctl show --no-pager --property=Id,LoadState,ActiveState,SubState,Result,MainPID,Job,KillMode docker.service';
const RESTART = 'systemctl --no-block --no-ask-password restart docker.service';

const OLD = { pid: 500, startTicks: 1000, comm: 'dockerd' };
const SERVICE: ServiceRef = {
  role: 'runtime',
  name: 'docker',
  manager: { kind: 'systemd', unit: 'docker.service' },
  process: OLD,
};
const SYSV: ServiceRef = { ...SERVICE, manager: { kind: 'sysv', unit: 'docker' } };

type Machine = RecordedMachine & Required<Pick<RecordedMachine, 'files' | 'programs'>>;

function shown(active: string, sub: string, pid: number, more = 'Result=success\nKillMode=process\nJob=0'): string {
  return `Id=docker.service\nLoadState=loaded\nActiveState=${active}\nSubState=${sub}\nMainPID=${pid}\n${more}\n`;
}

function systemdMachine(): Machine {
  return {
    stats: { '/run/systemd/system': DIRECTORY },
    files: {
      '/proc/1/stat': statLine(1, 'init', 'S', 0, 1, 1),
      '/proc/500/stat': statLine(500, 'dockerd', 'S', 1, 9, 1000),
    },
    programs: { [SHOW]: { code: 0, stdout: shown('active', 'running', 500) } },
  };
}

function becomes(machine: Machine, pid: number, startTicks: number): void {
  delete machine.files['/proc/500/stat'];
  machine.files[`/proc/${pid}/stat`] = statLine(pid, 'dockerd', 'S', 1, 9, startTicks);
  machine.programs[SHOW] = { code: 0, stdout: shown('active', 'running', pid) };
}

const restart = (service: ServiceRef) => ({ kind: 'restart-service', service }) as const;

test('systemd restarts it: a new main process that answers', async () => {
  const machine = systemdMachine();
  const { deps, asked } = recordedDeps(machine, { onAct: () => becomes(machine, 600, 2000) });
  const outcome = await performWith(deps, restart(SERVICE));
  assert.deepEqual([outcome.status, asked], ['done', [RESTART]]);
  assert.match(outcome.text.en, /docker\.service is restarted: dockerd \(PID 600\) answers/);
  assert.equal(outcome.progress.at(-1), 'docker.service: active (running)');
});

test('the same process still being there is no restart', async () => {
  const machine = systemdMachine();
  const onAct = (): void => {
    machine.programs[SHOW] = {
      code: 0,
      stdout: shown('deactivating', 'stop-sigterm', 500, 'KillMode=process\nJob=42'),
    };
  };
  const outcome = await performWith(recordedDeps(machine, { onAct }).deps, restart(SERVICE));
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /dockerd \(PID 500\) does not end \(deactivating \(stop-sigterm\)\)/);
});

test('a new process that does not answer is no success', async () => {
  const machine = systemdMachine();
  const standIns = { onAct: () => becomes(machine, 600, 2000), deps: { answers: async () => false } };
  const outcome = await performWith(recordedDeps(machine, standIns).deps, restart(SERVICE));
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /new process, dockerd \(PID 600\), which does not answer yet/);
});

test('the old process is not taken for a new one where systemd was silent at first', async () => {
  const machine = systemdMachine();
  const before = machine.programs[SHOW] ?? {};
  machine.programs[SHOW] = { code: null, timedOut: true };
  const onAct = (): void => {
    machine.programs[SHOW] = before;
  };
  const outcome = await performWith(recordedDeps(machine, { onAct }).deps, restart(SERVICE));
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /dockerd \(PID 500\) does not end/);
});

test('a service that cannot be asked is restarted once it has a new process, and that is all that is said', async () => {
  const machine = systemdMachine();
  const standIns = { onAct: () => becomes(machine, 600, 2000), deps: { answers: async () => null } };
  const outcome = await performWith(recordedDeps(machine, standIns).deps, restart(SERVICE));
  assert.match(outcome.text.en, /dockerd \(PID 600\) runs; whether it answers is not known/);
});

test('a unit that fails is said with its result', async () => {
  const machine = systemdMachine();
  const onAct = (): void => {
    machine.programs[SHOW] = { code: 0, stdout: shown('failed', 'failed', 0, 'Result=exit-code\nJob=0') };
  };
  const outcome = await performWith(recordedDeps(machine, { onAct }).deps, restart(SERVICE));
  assert.equal(outcome.status, 'failed');
  assert.match(outcome.text.en, /failed to start \(exit-code\); `journalctl -u docker\.service/);
});

test('without the right it is said', async () => {
  const runs = { [RESTART]: { code: 1, stderr: 'Failed to restart docker.service: Access denied' } };
  const outcome = await performWith(recordedDeps(systemdMachine(), { runs }).deps, restart(SERVICE));
  assert.match(outcome.text.en, /systemctl failed, it needs root: run notready as root/);
});

test('a service that someone restarted meanwhile is not restarted again', async () => {
  const machine = systemdMachine();
  becomes(machine, 600, 2000);
  const { deps, asked } = recordedDeps(machine);
  const outcome = await performWith(deps, restart(SERVICE));
  assert.deepEqual([outcome.precondition, asked], ['same-process', []]);
});

test('a service that is down is started', async () => {
  const machine = systemdMachine();
  delete machine.files['/proc/500/stat'];
  machine.programs[SHOW] = { code: 0, stdout: shown('failed', 'failed', 0) };
  const { deps } = recordedDeps(machine, { onAct: () => becomes(machine, 600, 2000) });
  const outcome = await performWith(deps, restart(SERVICE));
  assert.equal(outcome.status, 'done', outcome.text.en);
});

test('without systemd, script or manager nothing is done, and what to do by hand is said', async () => {
  const machine = { files: systemdMachine().files };
  for (const service of [SERVICE, SYSV, { ...SERVICE, manager: null }]) {
    const { deps, asked } = recordedDeps(machine);
    const outcome = await performWith(deps, restart(service));
    assert.deepEqual([outcome.precondition, asked], ['has-a-manager', []]);
  }
  const { text } = await performWith(recordedDeps(machine).deps, restart({ ...SERVICE, manager: null }));
  assert.match(text.en, /end dockerd \(PID 500\) and start it again/);
});

function sysvMachine(): Machine {
  return { ...systemdMachine(), stats: { '/etc/init.d/docker': FILE } };
}

test('an init script that did nothing is not believed', async () => {
  const outcome = await performWith(recordedDeps(sysvMachine()).deps, restart(SYSV));
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /init script docker ended with 0, and dockerd \(PID 500\) has not ended \(state S\)/);
});

test('an init script that complained and yet brought a new process did its work', async () => {
  const machine = sysvMachine();
  const runs = { '/etc/init.d/docker restart': { code: 1 } };
  const { deps, asked } = recordedDeps(machine, { runs, onAct: () => becomes(machine, 600, 2000) });
  const outcome = await performWith(deps, restart(SYSV));
  assert.deepEqual([outcome.status, asked], ['done', ['/etc/init.d/docker restart']]);
});

test('what runs a service is read from its cgroup, else from its name', async () => {
  const machine = systemdMachine();
  machine.files['/proc/500/cgroup'] = '0::/system.slice/docker.service\n';
  const { deps } = recordedDeps(machine);
  assert.deepEqual(await findManager(deps, 'other', 500), { kind: 'systemd', unit: 'docker.service' });
  assert.deepEqual(await findManager(deps, 'docker', null), { kind: 'systemd', unit: 'docker.service' });
  assert.equal(await findManager(deps, 'crio', null), null);
  assert.deepEqual(await findManager(recordedDeps(sysvMachine()).deps, 'docker', 500), {
    kind: 'sysv',
    unit: 'docker',
  });
  assert.equal(await findManager(recordedDeps(sysvMachine()).deps, 'kubelet', null), null);
});

test('what a restart breaks goes by KillMode and live-restore', () => {
  const effects = (name: string, liveRestore: boolean | null, killMode: string | null) =>
    restartEffects(name, { liveRestore, killMode }).en;
  assert.match(effects('containerd', null, 'process'), /run on under their shims/);
  assert.match(effects('containerd', null, 'control-group'), /containers whose shims lie there end/);
  assert.match(effects('docker', true, 'process'), /live-restore is on/);
  assert.match(effects('docker', false, 'process'), /stops every container/);
  assert.match(effects('docker', null, null), /could not be asked/);
  assert.match(effects('kubelet', null, 'process'), /containers run on; probes/);
});
