import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import { apiServerProbe } from './api-server.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** A stand-in for the API server; `null`: it takes the request and never answers. */
async function serve(status: number | null): Promise<string> {
  const server = createServer((_request, response) => {
    if (status !== null) response.writeHead(status).end('[+]ping ok');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function examine(server: string | null) {
  const args = server === null ? [] : ['--kubeconfig=/k.conf', '--hostname-override=worker-1'];
  return examineMachine(apiServerProbe, {
    files: {
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/7/stat': statLine(7, 'kubelet'),
      '/proc/7/cmdline': ['/usr/bin/kubelet', ...args, ''].join('\0'),
      '/k.conf': `current-context: c
contexts: [{name: c, context: {cluster: k, user: u}}]
clusters: [{name: k, cluster: {server: "${server}"}}]
users: [{name: u, user: {token: topsecret}}]
`,
    },
    links: { '/proc/7/ns/mnt': 'mnt:[1]', '/proc/self/ns/mnt': 'mnt:[1]' },
  });
}

for (const [status, outcome] of [
  [200, 'ok'],
  [404, 'ok'],
  [401, 'rejected'],
  [500, 'unhealthy'],
  [null, 'timeout'],
] as const) {
  test(`the API server answers /readyz with ${status ?? 'silence'}: ${outcome}`, async () => {
    const server = await serve(status);
    const view = await examine(server);
    const [found] = view.all('api-server');
    assert.partialDeepStrictEqual(found?.fact, { outcome, server, askedWith: 'kubelet-kubeconfig' });
    assert.deepEqual(found?.about, ['component:kubelet@7', 'component:kube-apiserver@absent']);
    assert.doesNotMatch(JSON.stringify(view.caseFile), /topsecret/);
  });
}

test('nobody listens: refused', async () => {
  const [found] = (await examine('http://127.0.0.1:1')).all('api-server');
  assert.equal(found?.fact.outcome, 'refused');
});

test('a kubelet on its own has no API server', async () => {
  const view = await examine(null);
  assert.deepEqual(
    view.gaps('api-server').map((g) => g.fact.why),
    ['absent'],
  );
});
