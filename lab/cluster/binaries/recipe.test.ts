import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPrograms, keyOf, packagesOf } from './recipe.ts';
import { sourceVersions, upstreamOf } from './source.ts';

test('the key is of the content: another Go is another key', () => {
  assert.match(keyOf('go1.19.8'), /^[0-9a-f]{16}$/);
  assert.equal(keyOf('go1.19.8'), keyOf('go1.19.8'));
  assert.notEqual(keyOf('go1.19.8'), keyOf('go1.19.9'));
});

test('all programs are built in one go, and say their version', () => {
  const argv = buildPrograms('/usr/lib/go/bin/go', '/out/');
  assert.deepEqual(argv.slice(-5, -3), ['./cmd/kubelet', './cmd/kube-apiserver']);
  const linker = argv.find((arg) => arg.startsWith('-ldflags=')) ?? '';
  assert.match(linker, /-X k8s\.io\/kubernetes\/vendor\/k8s\.io\/component-base\/version\.gitVersion=v1\.20\.2 /);
});

test('packages of files: each once, staged modules by their place in vendor', () => {
  const files = 'staging/src/k8s.io/api/core/v1/doc.go\npkg/apis/abac/v0/doc.go\npkg/apis/abac/v0/types.go\n';
  assert.deepEqual(packagesOf(files), [
    'k8s.io/kubernetes/pkg/apis/abac/v0',
    'k8s.io/kubernetes/vendor/k8s.io/api/core/v1',
  ]);
});

test('versions of the source package, and of no other', () => {
  const printed = `Package: kubernetes
Binary: kubernetes-client
Version: 1.20.5+really1.20.2-1.1+deb12u1
Package-List:
 kubernetes-client deb admin optional arch=amd64

Package: kubernetes-addons
Version: 7

N: a note of apt`;
  assert.deepEqual(sourceVersions(printed), ['1.20.5+really1.20.2-1.1+deb12u1']);
  assert.equal(upstreamOf('1.20.5+really1.20.2-1.1+deb12u1'), '1.20.5+really1.20.2');
  assert.equal(upstreamOf('2:1.0~rc-1-3'), '1.0~rc-1');
  assert.deepEqual(sourceVersions('N: Unable to locate package kubernetes'), []);
});
