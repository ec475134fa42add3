import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import type { Endpoint } from '../endpoints.ts';
import type { UnitProperties } from '../systemd/unit-properties.ts';
import { type Expectations, findAbsent } from './absent.ts';
import type { ComponentName, Daemon } from './identify.ts';
import { findLeftShims } from './left-shims.ts';

const NOTHING: Expectations = {
  daemons: [],
  supervised: false,
  deadEndpoints: [],
  leftShims: [],
  units: [],
  kubeletTraces: [],
};

function daemon(name: ComponentName, state = 'S'): Daemon {
  const process = { pid: 10, ppid: 1, comm: name, state, startTicks: 1, threads: 1, exe: null, args: [] };
  return { name, process, within: null, startedBy: null };
}

function unit(name: string, state: Partial<UnitProperties>): UnitProperties {
  return {
    unit: name,
    loadState: 'loaded',
    fileState: 'enabled',
    activeState: 'active',
    subState: 'running',
    result: 'success',
    conditionsMet: true,
    restarts: 0,
    mainPid: 1,
    activeSince: null,
    ...state,
  };
}

function endpoint(path: string, foundBy: Endpoint['foundBy'] = 'well-known'): Endpoint {
  return { path, foundBy, kinds: ['docker'], listenerPid: null };
}

function reasons(expected: Partial<Expectations>): string[] {
  return findAbsent({ ...NOTHING, ...expected }).map((a) => `${a.name}: ${a.expectedBecause}`);
}

test('a machine on which nothing was ever set up misses nothing', () => {
  assert.deepEqual(reasons({}), []);
});

test('a socket that its daemon left behind', () => {
  const deadEndpoints = [{ endpoint: endpoint('/run/docker.sock'), left: 'file' as const }];
  assert.deepEqual(reasons({ deadEndpoints }), ['dockerd: socket-file']);
});

test('a well-known path without a file says nothing; one that somebody asked for does', () => {
  const missing = (foundBy: Endpoint['foundBy']) =>
    reasons({ deadEndpoints: [{ endpoint: endpoint('/run/crio/crio.sock', foundBy), left: 'missing' }] });
  assert.deepEqual(missing('well-known'), []);
  assert.deepEqual(missing('kubelet'), ['crio: endpoint-given']);
});

test("dockershim's socket is left by kubelets that have it no more; dockerd's former containerd leaves its own", () => {
  const left = (path: string, daemons: Daemon[]) =>
    reasons({ daemons, deadEndpoints: [{ endpoint: endpoint(path), left: 'file' }] });
  assert.deepEqual(left('/var/run/dockershim.sock', []), []);
  assert.deepEqual(left('/run/docker/containerd/containerd.sock', [daemon('containerd')]), []);
  assert.deepEqual(left('/run/docker/containerd/containerd.sock', []), ['containerd: socket-file']);
});

test('a unit that failed, one that is enabled but dead, one between two restarts', () => {
  const dead = { activeState: 'inactive', subState: 'dead', mainPid: null };
  assert.deepEqual(reasons({ units: [unit('kubelet.service', { activeState: 'failed' })] }), ['kubelet: unit']);
  assert.deepEqual(reasons({ units: [unit('docker.service', dead)] }), ['dockerd: unit']);
  const restarting = unit('kubelet.service', { activeState: 'activating', subState: 'auto-restart' });
  assert.deepEqual(reasons({ units: [restarting] }), ['kubelet: unit']);
});

test('a unit that is disabled, masked, unmet in its conditions, or runs, misses nothing', () => {
  const dead = { activeState: 'inactive', subState: 'dead' };
  const units = [
    unit('docker.service', { ...dead, fileState: 'disabled' }),
    unit('crio.service', { ...dead, loadState: 'masked', fileState: 'masked' }),
    unit('kubelet.service', { ...dead, conditionsMet: false }),
    unit('containerd.service', {}),
  ];
  assert.deepEqual(reasons({ units }), []);
  assert.deepEqual(reasons({ units: [unit('docker.service', dead)], daemons: [daemon('dockerd')] }), []);
});

test('the settings of a kubelet without a kubelet', () => {
  const kubeletTraces = ['/var/lib/kubelet/config.yaml'];
  assert.deepEqual(reasons({ kubeletTraces }), ['kubelet: config']);
  assert.deepEqual(reasons({ kubeletTraces, daemons: [daemon('kubelet', 'Z')] }), ['kubelet: config']);
  assert.deepEqual(reasons({ kubeletTraces, daemons: [daemon('kubelet', 'T')] }), []);
  assert.deepEqual(reasons({ kubeletTraces, supervised: true }), []);
});

const SOCKET = '/run/containerd/containerd.sock';

function shim(pid: number, namespace: string): SurveyedProcess {
  const id = pid.toString(16).padStart(64, '0');
  const args = ['/usr/bin/containerd-shim-runc-v2', '-namespace', namespace, '-id', id, '-address', SOCKET];
  return { pid, ppid: 1, comm: 'containerd-shim', state: 'S', startTicks: 1, threads: 1, exe: null, args };
}

function left(processes: SurveyedProcess[], daemons: Daemon[], listening: string[]): [string, number][] {
  const survey: Survey = { at: 0, processes: new Map(processes.map((p) => [p.pid, p])) };
  return findLeftShims(survey, daemons, listening).map((l) => [l.name, l.shims]);
}

test('shims whose containerd does not listen where they were told', () => {
  const shims = [shim(1, 'k8s.io'), shim(2, 'k8s.io')];
  assert.deepEqual(left(shims, [], []), [['containerd', 2]]);
  assert.deepEqual(left(shims, [daemon('containerd')], ['/run/other/containerd.sock']), [['containerd', 2]]);
  assert.deepEqual(left(shims, [], [`/var${SOCKET}`]), []);
  assert.deepEqual(left(shims, [], [`/proc/77/root${SOCKET}`]), []);
});

test("with live-restore, shims of Docker's outlive dockerd", () => {
  assert.deepEqual(left([shim(1, 'moby')], [daemon('containerd')], [SOCKET]), [['dockerd', 1]]);
  assert.deepEqual(left([shim(1, 'moby')], [daemon('dockerd')], [SOCKET]), []);
});

test("a conmon of CRI-O needs a crio, one of Podman's needs no one", () => {
  const conmon = (pid: number, dir: string): SurveyedProcess => ({
    ...shim(pid, ''),
    comm: 'conmon',
    args: ['/usr/bin/conmon', '-c', 'a'.repeat(64), '--exit-dir', dir],
  });
  assert.deepEqual(left([conmon(1, '/var/run/crio/exits')], [], []), [['crio', 1]]);
  assert.deepEqual(left([conmon(1, '/run/libpod/exits')], [], []), []);
});
