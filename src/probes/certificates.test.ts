import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CERTIFICATE_PEM } from '../../test/support/certificate.ts';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { certificatesProbe } from './certificates.ts';

const KEY = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEtopsecret\n-----END EC PRIVATE KEY-----\n';
const PKI = '/var/lib/kubelet/pki';

function examine(args: string[], files: Record<string, RecordedFile>) {
  return examineMachine(certificatesProbe, {
    files: {
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/7/stat': statLine(7, 'kubelet'),
      '/proc/7/cmdline': ['/usr/bin/kubelet', ...args, ''].join('\0'),
      ...files,
    },
    links: { '/proc/7/ns/mnt': 'mnt:[1]', '/proc/self/ns/mnt': 'mnt:[1]' },
  });
}

const KUBECONFIG = (user: string) => `apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: k, user: u}}]
clusters: [{name: k, cluster: {server: "https://10.0.0.1:6443", certificate-authority: pki/ca.crt}}]
users:
- name: u
  user: ${user}
`;

test('client, serving and CA certificates, by kubeconfig, settings file and the usual places; no key is kept', async () => {
  const view = await examine(['--kubeconfig=/etc/kubernetes/kubelet.conf', '--config=/var/lib/kubelet/config.yaml'], {
    '/etc/kubernetes/kubelet.conf': KUBECONFIG(`{client-certificate: ${PKI}/kubelet-client-current.pem}`),
    '/etc/kubernetes/pki/ca.crt': CERTIFICATE_PEM + CERTIFICATE_PEM,
    '/var/lib/kubelet/config.yaml': 'authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\n',
    [`${PKI}/kubelet-client-current.pem`]: CERTIFICATE_PEM + KEY,
    [`${PKI}/kubelet.crt`]: CERTIFICATE_PEM + CERTIFICATE_PEM,
  });
  const found = view.all('certificate').map((o) => `${o.fact.role} ${o.fact.where}`);
  assert.deepEqual(found.toSorted(), [
    'cluster-ca /etc/kubernetes/pki/ca.crt',
    'cluster-ca /etc/kubernetes/pki/ca.crt',
    `kubelet-client ${PKI}/kubelet-client-current.pem`,
    `kubelet-serving ${PKI}/kubelet.crt`,
  ]);
  assert.deepEqual(view.gaps('certificates'), []);
  assert.doesNotMatch(JSON.stringify(view.caseFile), /PRIVATE KEY|topsecret/);
});

test('a certificate within the kubeconfig counts, and it is said where it stands', async () => {
  const data = Buffer.from(CERTIFICATE_PEM).toString('base64');
  const view = await examine(['--kubeconfig', '/k.conf'], {
    '/k.conf': KUBECONFIG(
      `{client-certificate-data: ${data}, client-key-data: ${Buffer.from(KEY).toString('base64')}}`,
    ),
    '/pki/ca.crt': CERTIFICATE_PEM,
  });
  const client = view.all('certificate').find((o) => o.fact.role === 'kubelet-client');
  assert.equal(client?.fact.where, '/k.conf (client-certificate-data)');
  assert.equal(client?.fact.subject, 'CN=system:node:worker-1, O=system:nodes');
});

test('a file that the kubelet is told to use and that is missing or hangs is a gap', async () => {
  const view = await examine(['--tls-cert-file=/pki/gone.crt', '--client-ca-file=/nfs/ca.crt'], {
    '/nfs/ca.crt': { stuck: true },
  });
  assert.deepEqual(
    view
      .gaps('certificates')
      .map((g) => `${g.fact.why} ${g.fact.detail}`)
      .toSorted(),
    ['failed /pki/gone.crt: ENOENT', 'stuck /nfs/ca.crt: STUCK'],
  );
});

test('a kubelet without certificates of its own has no gap, and no kubelet has none at all', async () => {
  assert.deepEqual((await examine([], {})).gaps('certificates'), []);
  const bare = await examineMachine(certificatesProbe, { files: { '/proc/1/stat': statLine(1, 'init', 0) } });
  assert.deepEqual(
    bare.gaps('certificates').map((g) => g.fact.why),
    ['absent'],
  );
});
