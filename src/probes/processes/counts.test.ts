import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from '../../../test/support/process-table.ts';
import type { Survey } from '../../host/survey.ts';
import { countProcesses } from './counts.ts';
import { findShims } from './shims.ts';

const ID = 'b'.repeat(64);

function lingeringOf(survey: Survey, ageMs: number): Record<string, number> {
  const later = new Map([...survey.processes.values()].map((p) => [p.pid, p.state]));
  const census = { byState: {}, threads: 0, watched: [], skipped: 0 };
  const bootedAt = survey.at - ageMs - 10_000;
  return countProcesses({ survey, census, shims: findShims(survey), later, bootedAt }).lingering;
}

const SHIM = { pid: 10, ppid: 1, comm: 'containerd-shim', args: ['shim', '-namespace', 'moby', '-id', ID] };

test('a runc, a CNI plugin and a shim helper that should have ended long ago', () => {
  const survey = tableOf([
    SHIM,
    { pid: 9, ppid: 1, comm: 'containerd' },
    { pid: 11, ppid: 10, comm: 'runc', args: ['runc', 'delete'] },
    { pid: 12, ppid: 11, comm: 'runc:[2:INIT]', args: ['runc', 'init'] },
    { pid: 13, ppid: 9, comm: 'calico', args: ['/opt/cni/bin/calico'] },
    { pid: 14, ppid: 9, comm: 'containerd-shim', args: [...SHIM.args, 'delete'] },
  ]);
  assert.deepEqual(lingeringOf(survey, 60_000), { runc: 2, calico: 1, 'containerd-shim': 1 });
  assert.deepEqual(lingeringOf(survey, 5000), {});
});

test('programs that merely share a name with a plugin do not count', () => {
  const survey = tableOf([
    { pid: 1, ppid: 0, comm: 'systemd' },
    { pid: 20, ppid: 1, comm: 'dhcp', args: ['/opt/cni/bin/dhcp', 'daemon'] },
    { pid: 21, ppid: 30, comm: 'bridge', args: ['bridge'] },
    { pid: 30, ppid: 1, comm: 'bash' },
  ]);
  assert.deepEqual(lingeringOf(survey, 600_000), {});
});
