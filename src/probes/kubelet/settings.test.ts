import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseKubeletConfig } from './config-file.ts';
import { kubeletSettings } from './settings.ts';

// As kubeadm writes it.
const CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock"
healthzBindAddress: 127.0.0.1
healthzPort: 10248
kind: KubeletConfiguration
logging:
  flushFrequency: 0
readOnlyPort: 10255 # opened for a while
runtimeRequestTimeout: 0s
staticPodPath: '/etc/kubernetes/manifests'
`;

test('scalars at the top of the file, and no others', () => {
  const config = parseKubeletConfig(CONFIG);
  assert.equal(config.get('containerRuntimeEndpoint'), 'unix:///run/containerd/containerd.sock');
  assert.equal(config.get('readOnlyPort'), '10255');
  assert.equal(config.get('staticPodPath'), '/etc/kubernetes/manifests');
  assert.equal(config.has('enabled'), false);
  assert.equal(config.has('authentication'), false);
});

test('JSON is as good', () => {
  const config = parseKubeletConfig('{"healthzPort": 0, "runtimeRequestTimeout": "5m", "logging": {"x": 1}}');
  assert.deepEqual(
    [...config],
    [
      ['healthzPort', '0'],
      ['runtimeRequestTimeout', '5m'],
    ],
  );
  assert.equal(parseKubeletConfig('{"healthzPort": ').size, 0);
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => parseKubeletConfig(text) instanceof Map));
});

test('a kubelet of kubeadm', () => {
  const args = [
    '/usr/bin/kubelet',
    '--kubeconfig=/etc/kubernetes/kubelet.conf',
    '--config=/var/lib/kubelet/config.yaml',
  ];
  const settings = kubeletSettings(args, parseKubeletConfig(CONFIG));
  assert.equal(settings.healthzUrl, 'http://127.0.0.1:10248/healthz');
  assert.equal(settings.readOnlyUrl, 'http://127.0.0.1:10255/metrics');
  assert.equal(settings.secureUrl, 'https://127.0.0.1:10250/metrics');
  assert.equal(settings.runtimeEndpoint, 'unix:///run/containerd/containerd.sock');
  assert.equal(settings.runtimeRequestTimeoutMs, 120_000);
  assert.equal(settings.kubeconfig, '/etc/kubernetes/kubelet.conf');
});

test('a flag wins over the file', () => {
  const args = [
    'kubelet',
    '--config',
    '/c',
    '--runtime-request-timeout',
    '10m',
    '--healthz-port=0',
    '--read-only-port=0',
  ];
  const settings = kubeletSettings(args, parseKubeletConfig(CONFIG));
  assert.equal(settings.runtimeRequestTimeoutMs, 600_000);
  assert.equal(settings.healthzUrl, null);
  assert.equal(settings.readOnlyUrl, null);
});

test('the read-only port is open by default only where no file is given', () => {
  assert.equal(kubeletSettings(['kubelet'], null).readOnlyUrl, 'http://127.0.0.1:10255/metrics');
  assert.equal(kubeletSettings(['kubelet', '--config=/c'], null).readOnlyUrl, null);
});

test('where dockershim itself listens is not where the kubelet’s runtime does', () => {
  const args = [
    '--container-runtime=docker',
    '--docker-endpoint=unix:///d.sock',
    '--container-runtime-endpoint=unix:///shim.sock',
  ];
  assert.equal(kubeletSettings(['kubelet', ...args], null).runtimeEndpoint, 'unix:///d.sock');
  assert.equal(kubeletSettings(['kubelet', '--node-status-update-frequency=2s'], null).nodeStatusUpdateMs, 2000);
});

test('a kubelet with dockershim', () => {
  const docker = (...args: string[]) => kubeletSettings(['kubelet', ...args], null).runtimeEndpoint;
  assert.equal(docker('--container-runtime', 'docker'), 'unix:///var/run/docker.sock');
  assert.equal(docker('--container-runtime=docker', '--docker-endpoint=unix:///d.sock'), 'unix:///d.sock');
  assert.equal(docker(), null);
});

test('addresses that stand for all, IPv6, and nonsense', () => {
  const healthz = (address: string) =>
    kubeletSettings(['kubelet', `--healthz-bind-address=${address}`], null).healthzUrl;
  assert.equal(healthz('0.0.0.0'), 'http://127.0.0.1:10248/healthz');
  assert.equal(healthz('::'), 'http://[::1]:10248/healthz');
  assert.equal(healthz('fd00::7'), 'http://[fd00::7]:10248/healthz');
  assert.equal(healthz('evil.example/x'), 'http://127.0.0.1:10248/healthz');
});
