import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statLine } from '../../../test/support/daemon-machine.ts';
import { type RecordedMachine, recordedHost } from '../../../test/support/recorded-host.ts';
import { shareReads } from '../shared-reads.ts';
import { isNodeName } from './node-name.ts';
import { findOwnKubelet, namesOfThisHost } from './own-kubelet.ts';

/** Of a node whose name in the cluster is not its hostname, as clouds have it. Made for this test. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIB6DCCAY+gAwIBAgIUU30dU7rPUy/bOK39ulz9nJFIa/EwCgYIKoZIzj0EAwIw
SjEVMBMGA1UECgwMc3lzdGVtOm5vZGVzMTEwLwYDVQQDDChzeXN0ZW06bm9kZTpp
cC0xMC0wLTAtNy5leGFtcGxlLmludGVybmFsMB4XDTI2MTEyNDIxNTExNFoXDTM2
MTEyMTIxNTExNFowSjEVMBMGA1UECgwMc3lzdGVtOm5vZGVzMTEwLwYDVQQDDChz
eXN0ZW06bm9kZTppcC0xMC0wLTAtNy5leGFtcGxlLmludGVybmFsMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAELtn7OnfIqlBOgYX3Y9qy7coMbsZe1O5A8oKvnUPQ
7PN7PLCh2VkQSTCpICq1u4vQA7ufvnTTLRHt6wZf5CinWaNTMFEwHQYDVR0OBBYE
FC5jh9FgUp3GBvaP8YA3h0w8aKLzMB8GA1UdIwQYMBaAFC5jh9FgUp3GBvaP8YA3
h0w8aKLzMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgeumjOT+n
La0DUIOIXCN70X4f3dtSgSHL7iiA4H3xXY8CIBcVRZbhIa6lp2/HcNIMO0rLZWMq
pC93WfdDtX4tQgb6
-----END CERTIFICATE-----
`;

const CONFIG = `{current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}],
  clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443"}}],
  users: [{name: u, user: {client-certificate: pki/client.pem, client-key: pki/client.pem}}]}`;

type Kubelet = readonly [pid: number, args: readonly string[]];

function machine(kubelets: readonly Kubelet[], files: RecordedMachine['files'] = {}) {
  const own = kubelets.flatMap(([pid, args]) => [
    [`/proc/${pid}/stat`, statLine(pid, 'kubelet')],
    [`/proc/${pid}/cmdline`, ['/usr/bin/kubelet', ...args, ''].join('\0')],
  ]);
  const links = kubelets.map(([pid]) => [`/proc/${pid}/ns/mnt`, 'mnt:[1]']);
  const host = recordedHost({
    files: {
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/sys/kernel/hostname': 'Node-7\n',
      '/etc/kubelet.conf': CONFIG,
      '/etc/pki/client.pem': CERTIFICATE,
      ...Object.fromEntries(own),
      ...files,
    },
    links: { '/proc/self/ns/mnt': 'mnt:[1]', ...Object.fromEntries(links) },
  });
  return shareReads(host, host.now() + 60_000);
}

const NAME = 'ip-10-0-0-7.example.internal';

test('the client certificate tells the name of the node before flag and hostname', async () => {
  const reads = machine([[7, ['--kubeconfig=/etc/kubelet.conf', '--hostname-override=other']]]);
  const own = await findOwnKubelet(reads);
  assert.equal('nodeName' in own && own.nodeName, NAME);
  assert.deepEqual(await namesOfThisHost(reads), [NAME, 'node-7']);
});

test('the flag where the certificate does not tell, the hostname in small letters where neither does', async () => {
  const noCertificate = { '/etc/pki/client.pem': 'no certificate' };
  const flag = machine([[7, ['--kubeconfig=/etc/kubelet.conf', '--hostname-override=other']]], noCertificate);
  assert.deepEqual(await namesOfThisHost(flag), ['other', 'node-7']);
  assert.deepEqual(await namesOfThisHost(machine([[7, ['--kubeconfig=/etc/kubelet.conf']]], noCertificate)), [
    'node-7',
    'node-7',
  ]);
  assert.deepEqual(await namesOfThisHost(machine([])), ['node-7']);
});

test('of several kubelets the one that is named', async () => {
  const reads = machine([
    [7, ['--kubeconfig=/etc/kubelet.conf']],
    [8, ['--kubeconfig=/gone', '--hostname-override=second']],
  ]);
  assert.equal('nodeName' in (await findOwnKubelet(reads, NAME)), true);
  const unnamed = await findOwnKubelet(reads);
  assert.match('detail' in unnamed ? unnamed.detail : '', /2 kubelets run here/);
  assert.deepEqual(await namesOfThisHost(reads), [NAME, 'second', 'node-7']);
});

test('a kubelet in a root of its own has its files read there', async () => {
  const reads = machine([[7, ['--kubeconfig=/etc/kubelet.conf']]], {
    '/proc/7/root/etc/kubelet.conf': CONFIG.replace('10.0.0.1', '10.9.9.9'),
    '/proc/7/root/etc/pki/client.pem': CERTIFICATE,
  });
  const host = {
    ...reads.host,
    files: { ...reads.host.files, readLink: async (path: string) => ({ ok: true as const, value: path, tookMs: 0 }) },
  };
  const own = await findOwnKubelet(shareReads(host, reads.deadline));
  assert.equal('connection' in own && own.connection.server, 'https://10.9.9.9:6443');
});

test('of the kubelet’s environment nothing but its proxies', async () => {
  const environ = ['PATH=/bin', 'HTTPS_PROXY=http://proxy:3128', 'SECRET=x', 'NO_PROXY=10.0.0.0/8', ''].join('\0');
  const own = await findOwnKubelet(machine([[7, ['--kubeconfig=/etc/kubelet.conf']]], { '/proc/7/environ': environ }));
  assert.deepEqual('env' in own && own.env, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '10.0.0.0/8' });
});

test('what can be the name of a node', () => {
  for (const name of ['a', 'worker-1', 'ip-10-0-0-7.example.internal']) assert.ok(isNodeName(name), name);
  for (const name of ['', 'A', '-a', 'a-', 'a..b', '../a', 'a/b', 'a?b', 'a b', 'x'.repeat(254)])
    assert.ok(!isNodeName(name), name);
});
