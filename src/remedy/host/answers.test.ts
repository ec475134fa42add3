import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fakeDocker } from '../../../test/support/fake-docker.ts';
import { fakeGrpc } from '../../../test/support/fake-grpc.ts';
import type { ServiceRef } from '../act.ts';
import { answers } from './answers.ts';

function at(name: string, endpoint: string): ServiceRef {
  return { role: 'runtime', name, manager: null, process: null, endpoint };
}

test('dockerd answers with its version', async (t) => {
  const socket = await fakeDocker(t, (path) => (path === '/version' ? { json: { Version: '20.10' } } : null));
  assert.equal(await answers(at('docker', `unix://${socket}`)), true);
  assert.equal(await answers(at('docker', `unix://${socket}.none`)), false);
});

test('a containerd without CRI says so, and has answered', async (t) => {
  assert.equal(await answers(at('containerd', `unix://${await fakeGrpc(t, [])}`)), true);
});

test('the kubelet answers only by being well', async (t) => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
  assert.equal(await answers(at('kubelet', url)), true);
  status = 500;
  assert.equal(await answers(at('kubelet', url)), false);
});

test('what is not of this host is not asked', async () => {
  for (const endpoint of ['http://example.com/healthz', 'tcp://10.0.0.1:2375', '']) {
    assert.equal(await answers(at('k3s', endpoint)), null, endpoint);
  }
});
