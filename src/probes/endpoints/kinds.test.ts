import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SurveyedProcess } from '../../host/survey.ts';
import { kindsByListener, kindsByName } from './kinds.ts';

function daemon(comm: string, args: readonly string[] = [comm]): SurveyedProcess {
  return { pid: 9, ppid: 1, comm, state: 'S', startTicks: 1, threads: 9, exe: null, args };
}

test('names tell the API, and what says nothing is tried with each', () => {
  assert.deepEqual(kindsByName('/run/docker.sock'), ['docker']);
  assert.deepEqual(kindsByName('/run/k3s/containerd/containerd.sock'), ['cri', 'containerd']);
  assert.deepEqual(kindsByName('/run/docker/containerd/containerd.sock'), ['containerd']);
  assert.deepEqual(kindsByName('/var/run/cri-dockerd.sock'), ['cri']);
  assert.deepEqual(kindsByName('/var/run/dockershim.sock'), ['cri']);
  assert.deepEqual(kindsByName('/run/my-runtime.sock'), ['docker', 'cri', 'containerd']);
});

test('of the sockets of dockerd 20.10 and its containerd (captured), one each carries an API', () => {
  const dockerd = daemon('dockerd');
  const own = daemon('containerd', ['containerd', '--config', '/srv/lab/exec/containerd/containerd.toml']);
  const sockets = [
    [dockerd, '/srv/lab/exec/libnetwork/1ab1f52a2a85.sock'],
    [dockerd, '/srv/lab/docker.sock'],
    [dockerd, '/srv/lab/exec/metrics.sock'],
    [own, '/srv/lab/exec/containerd/containerd.sock'],
    [own, '/srv/lab/exec/containerd/containerd-debug.sock'],
    [own, '/srv/lab/exec/containerd/containerd.sock.ttrpc'],
  ] as const;
  const kinds = sockets.map(([listener, path]) => kindsByListener(listener, path));
  assert.deepEqual(kinds, [[], ['docker'], [], ['containerd'], [], []]);
});

test('a containerd of its own speaks CRI too', () => {
  const standalone = daemon('containerd', ['containerd', '--config', '/etc/containerd/config.toml']);
  assert.deepEqual(kindsByListener(standalone, '/run/containerd/containerd.sock'), ['cri', 'containerd']);
});

test("of the kubelet's sockets only dockershim's is a runtime", () => {
  const kubelet = daemon('kubelet');
  assert.deepEqual(kindsByListener(kubelet, '/var/run/dockershim.sock'), ['cri']);
  assert.deepEqual(kindsByListener(kubelet, '/var/lib/kubelet/device-plugins/kubelet.sock'), []);
});
