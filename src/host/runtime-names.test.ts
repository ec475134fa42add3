import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDaemonName, isOfRuntime, isShimName, isShortLived } from './runtime-names.ts';

test('shims by the name that the kernel keeps of them', () => {
  for (const name of ['containerd-shim-runc-v2', 'containerd-shim-kata-v2', 'docker-containerd-shim', 'conmon'])
    assert.ok(isShimName(name.slice(0, 15)), name);
  assert.ok(!isShimName('containerd'));
});

test('daemons and short-lived programs', () => {
  for (const name of ['dockerd', 'containerd', 'crio', 'kubelet', 'cri-dockerd', 'k3s-server'])
    assert.ok(isDaemonName(name), name);
  for (const name of ['runc', 'runc:[2:INIT]', 'crun', 'calico-ipam', 'host-local'])
    assert.ok(isShortLived(name), name);
});

test('what else runs on a node is left alone', () => {
  for (const name of ['nginx', 'java', 'calico-node', 'flanneld', 'sshd', 'docker-proxy', 'runcible'])
    assert.ok(!isOfRuntime(name), name);
});
