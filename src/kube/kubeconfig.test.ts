import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeKubeconfigs, parseKubeconfig } from './kubeconfig.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const CONFIG = `apiVersion: v1
kind: Config
clusters:
- name: blue
  cluster:
    server: https://10.0.0.1:6443
    certificate-authority-data: ${base64('CA')}
- name: green
  cluster: {server: "https://green.example", insecure-skip-tls-verify: true, tls-server-name: api, certificate-authority: pki/ca.crt}
users:
- name: admin
  user: {client-certificate-data: ${base64('CERT')}, client-key: /etc/key.pem}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: bin/login
      args: [token]
      env: [{name: REGION, value: north}]
contexts:
- name: blue
  context: {cluster: blue, user: admin, namespace: shop}
current-context: blue
`;

test('clusters, users and contexts; relative paths start at the folder of the file', () => {
  const config = parseKubeconfig(CONFIG, '/home/ann/.kube');
  assert.deepEqual(config?.clusters.get('blue')?.ca, { text: 'CA' });
  const green = config?.clusters.get('green');
  assert.deepEqual(
    [green?.ca, green?.skipVerify, green?.tlsServerName],
    [{ path: '/home/ann/.kube/pki/ca.crt' }, true, 'api'],
  );
  const admin = config?.users.get('admin');
  assert.deepEqual([admin?.cert, admin?.key], [{ text: 'CERT' }, { path: '/etc/key.pem' }]);
  assert.equal(config?.users.get('plugin')?.exec?.command, '/home/ann/.kube/bin/login');
  assert.deepEqual(config?.contexts.get('blue'), { cluster: 'blue', user: 'admin' });
  assert.equal(config?.currentContext, 'blue');
});

test('JSON is as good; what is neither a map nor YAML is none', () => {
  assert.equal(parseKubeconfig('{"current-context": "x"}', '/')?.currentContext, 'x');
  for (const text of ['root:x:0:0', '[1, 2]', 'a: [', '']) assert.equal(parseKubeconfig(text, '/'), null, text);
});

test('of two files that name the same thing, the first counts', () => {
  const file = (server: string, current: string) =>
    parseKubeconfig(`{clusters: [{name: c, cluster: {server: ${server}}}], current-context: "${current}"}`, '/');
  const merged = mergeKubeconfigs([file('https://a', ''), file('https://b', 'late')].filter((f) => f !== null));
  assert.equal(merged.clusters.get('c')?.server, 'https://a');
  assert.equal(merged.currentContext, 'late');
});

test('aliases that multiply do not fill the memory', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((n, i) => `${n}: &${n} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
  ];
  assert.equal(parseKubeconfig(bomb.join('\n'), '/'), null);
});

test('no text makes the reader throw', () => {
  const line = fc.constantFrom('clusters:', '- name: x', '  cluster:', 'users: 7', '&a', '*a', '? ', '---', '%YAML 9');
  const text = fc.oneof(
    fc.string(),
    fc.array(line).map((lines) => lines.join('\n')),
  );
  fc.assert(fc.property(text, (source) => void parseKubeconfig(source, '/')));
});
