import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { assetsFolder, readAssets } from './assets.ts';
import { BUILT } from './set.ts';

test('a folder of the user is asked for its version', (t) => {
  const folder = temporaryDirectory(t);
  for (const name of [...BUILT, 'etcd']) {
    writeFileSync(join(folder, name), '#!/bin/sh\necho Kubernetes v1.21.14\n');
    chmodSync(join(folder, name), 0o755);
  }
  const assets = readAssets(folder);
  assert.ok('found' in assets);
  assert.equal(assets.found.version, 'v1.21.14');
  assert.equal(assets.found.path('kube-scheduler'), join(folder, 'kube-scheduler'));
  writeFileSync(join(folder, 'kubelet'), '#!/bin/sh\necho no such interpreter >&2; exit 1\n');
  const broken = readAssets(folder);
  assert.ok('why' in broken);
  assert.match(broken.why.en, /kubelet --version.*no such interpreter/);
});

test('what the folder lacks is named', (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'etcd'), '');
  chmodSync(join(folder, 'etcd'), 0o755);
  const assets = readAssets(folder);
  assert.ok('why' in assets);
  assert.match(assets.why.en, /lacks kubelet, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl\./);
});

test('an empty variable is none', () => {
  assert.equal(assetsFolder({ KUBEBUILDER_ASSETS: '' }), null);
  assert.equal(assetsFolder({ KUBEBUILDER_ASSETS: '/opt/k8s/' }), '/opt/k8s');
});
