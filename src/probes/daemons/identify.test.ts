import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import { findDaemons, isDistributionSupervisor } from './identify.ts';

function proc(pid: number, comm: string, args: string[], more: Partial<SurveyedProcess> = {}): SurveyedProcess {
  return { pid, ppid: 1, comm, state: 'S', startTicks: pid * 10, threads: 1, exe: null, args, ...more };
}

function surveyOf(...processes: SurveyedProcess[]): Survey {
  return { at: 0, processes: new Map(processes.map((p) => [p.pid, p])) };
}

test('two dockerds, each with the containerd it started, and a containerd of its own', () => {
  const found = findDaemons(
    surveyOf(
      proc(8726, 'containerd', ['containerd', '--config', '/a/containerd.toml'], { ppid: 8718 }),
      proc(8718, 'dockerd', ['dockerd']),
      proc(15635, 'dockerd', ['dockerd']),
      proc(15643, 'containerd', ['containerd'], { ppid: 15635 }),
      proc(24030, 'containerd', ['containerd']),
    ),
  );
  assert.deepEqual(
    found.map((d) => [d.name, d.process.pid, d.startedBy]),
    [
      ['dockerd', 8718, null],
      ['containerd', 8726, 8718],
      ['dockerd', 15635, null],
      ['containerd', 15643, 15635],
      ['containerd', 24030, null],
    ],
  );
});

test('a child that has not yet run its own program is no second daemon', () => {
  const found = findDaemons(
    surveyOf(proc(7, 'containerd', ['containerd']), proc(8, 'containerd', ['containerd'], { ppid: 7 })),
  );
  assert.deepEqual(
    found.map((d) => d.process.pid),
    [7],
  );
});

test('a kubelet within another program is a kubelet', () => {
  const within = (p: SurveyedProcess) => findDaemons(surveyOf(p)).map((d) => [d.name, d.within]);
  assert.deepEqual(within(proc(7, 'k3s-server', ['/usr/local/bin/k3s server'])), [['kubelet', 'k3s']]);
  assert.deepEqual(within(proc(7, 'k3s', ['/usr/local/bin/k3s', 'agent'])), [['kubelet', 'k3s']]);
  assert.deepEqual(within(proc(7, 'kubelite', ['/snap/microk8s/kubelite'])), [['kubelet', 'kubelite']]);
  assert.deepEqual(within(proc(7, 'hyperkube', ['/hyperkube', 'kubelet', '--v=2'])), [['kubelet', 'hyperkube']]);
});

test('the same programs doing something else are not', () => {
  const found = findDaemons(
    surveyOf(
      proc(7, 'hyperkube', ['/hyperkube', 'proxy']),
      proc(8, 'k3s', ['k3s', 'kubectl', 'get', 'nodes']),
      proc(9, 'k3s-server', ['/usr/local/bin/k3s server', '--disable-agent']),
      proc(10, 'containerd-shim', ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby']),
    ),
  );
  assert.deepEqual(found, []);
});

test('Docker before 18.09: the daemon and its shims read the same in 15 characters', () => {
  const found = findDaemons(
    surveyOf(
      proc(7, 'docker-containe', ['docker-containerd', '--config', '/x'], { exe: '/usr/bin/docker-containerd' }),
      proc(8, 'docker-containe', ['docker-containerd-shim', 'x'], { exe: '/usr/bin/docker-containerd-shim' }),
    ),
  );
  assert.deepEqual(
    found.map((d) => d.process.pid),
    [7],
  );
});

test('rke2 and k0s start a kubelet themselves', () => {
  assert.equal(isDistributionSupervisor(proc(7, 'rke2', ['/usr/local/bin/rke2', 'agent'])), true);
  assert.equal(isDistributionSupervisor(proc(7, 'k0s', ['/usr/local/bin/k0s', 'worker', '--token-file'])), true);
  assert.equal(isDistributionSupervisor(proc(7, 'k0s', ['k0s', 'status'])), false);
});
