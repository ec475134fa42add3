import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../../test/support/recorded-host.ts';
import { kubeletEndpoints } from './kubelet-endpoints.ts';

/** Where a kubelet with these arguments and this settings file at /k expects its runtime. */
function told(args: readonly string[], config: string): Promise<readonly string[]> {
  const base = { pid: 7, ppid: 1, comm: 'kubelet', state: 'S', startTicks: 1, threads: 9, exe: null };
  const processes = new Map([[7, { ...base, args: ['kubelet', ...args] }]]);
  return kubeletEndpoints(recordedHost({ files: { '/k': config } }), { at: 0, processes });
}

test('the endpoint of the flags, the one of Docker too', async () => {
  const args = ['--container-runtime-endpoint=unix:///run/c.sock', '--docker-endpoint', 'unix:///d.sock'];
  assert.deepEqual(await told(args, ''), ['unix:///run/c.sock', 'unix:///d.sock']);
});

test('the endpoint in a KubeletConfiguration, YAML or JSON', async () => {
  const inFile = (config: string) => told(['--config=/k'], config);
  const yaml =
    'kind: KubeletConfiguration\n# containerRuntimeEndpoint: no\ncontainerRuntimeEndpoint: unix:///run/c.sock # c\n';
  assert.deepEqual(await inFile(yaml), ['unix:///run/c.sock']);
  assert.deepEqual(await inFile('{\n "containerRuntimeEndpoint": "unix:///run/c.sock"}'), ['unix:///run/c.sock']);
  assert.deepEqual(await inFile('containerRuntimeEndpoint: ""\n'), []);
  assert.deepEqual(await inFile('kind: KubeletConfiguration\n'), []);
});
