import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import type { RecordedMachine } from '../../test/support/recorded-host.ts';
import { type HttpGet, httpGet } from './kubelet/http-get.ts';
import { createKubeletProbe, kubeletProbe } from './kubelet.ts';

const METRICS = `kubelet_pleg_last_seen_seconds 1.673335884e+09
kubelet_pleg_relist_duration_seconds_sum 31.45834718799997
kubelet_pleg_relist_duration_seconds_count 3972
kubelet_runtime_operations_total{operation_type="container_status"} 20
kubernetes_build_info{git_version="v1.20.2"} 1
`;

function node(args: string[], more: RecordedMachine = {}): RecordedMachine {
  return {
    now: 1_673_335_894_000,
    ...more,
    files: {
      '/proc/1/stat': statLine(1, 'init', 0),
      '/proc/7/stat': statLine(7, 'kubelet'),
      '/proc/7/cmdline': ['/usr/bin/kubelet', ...args, ''].join('\0'),
      ...more.files,
    },
    links: { '/proc/7/ns/net': 'net:[1]', '/proc/self/ns/net': 'net:[1]', ...more.links },
  };
}

/** In place of a kubelet: answers as the table says, and never where it says nothing. */
const standInKubelet =
  (answers: Record<string, { status: number; body: string }>, asked: string[] = []): HttpGet =>
  async (url, { deadlineMs }, identity) => {
    asked.push(identity ? `${url} with a certificate` : url);
    const value = answers[url];
    return value
      ? { outcome: 'ok', value, tookMs: 2, deadlineMs }
      : { outcome: 'timeout', code: 'DEADLINE_EXCEEDED', message: 'no answer', tookMs: deadlineMs, deadlineMs };
  };

test('health, PLEG, operations and settings of a kubelet that answers', async () => {
  const get = standInKubelet({
    'http://127.0.0.1:10248/healthz': { status: 200, body: 'ok' },
    'http://127.0.0.1:10255/metrics': { status: 200, body: METRICS },
  });
  const view = await examineMachine(createKubeletProbe(get), node(['--container-runtime=docker']));
  assert.equal(view.all('kubelet-healthz')[0]?.fact.outcome, 'ok');
  assert.equal(view.all('kubelet-pleg')[0]?.fact.lastSeenAgeMs, 10_000);
  assert.equal(view.all('kubelet-operation')[0]?.fact.operation, 'container_status');
  assert.deepEqual(view.all('kubelet-facts')[0]?.fact, {
    type: 'kubelet-facts',
    version: 'v1.20.2',
    runtimeEndpoint: 'unix:///var/run/docker.sock',
    runtimeRequestTimeoutMs: 120_000,
    nodeStatusUpdateMs: 10_000,
    rootDir: '/var/lib/kubelet',
  });
  assert.deepEqual(view.gaps('kubelet'), []);
});

test('a kubelet that is stopped answers nothing; that is evidence, and its metrics are missed', async () => {
  const view = await examineMachine(createKubeletProbe(standInKubelet({})), node([]));
  assert.equal(view.all('kubelet-healthz')[0]?.fact.outcome, 'timeout');
  assert.deepEqual(
    view.gaps('kubelet').map((g) => g.fact.why),
    ['stuck'],
  );
  assert.equal(view.all('kubelet-facts')[0]?.fact.version, null);
});

test('an unhealthy kubelet says why', async () => {
  const get = standInKubelet({
    'http://127.0.0.1:10248/healthz': { status: 500, body: '[-]syncloop failed: reason withheld' },
    'http://127.0.0.1:10255/metrics': { status: 200, body: METRICS },
  });
  const [healthz] = (await examineMachine(createKubeletProbe(get), node([]))).all('kubelet-healthz');
  assert.deepEqual([healthz?.fact.outcome, healthz?.fact.body], ['unhealthy', '[-]syncloop failed: reason withheld']);
});

const CONFIG = { '/var/lib/kubelet/config.yaml': 'kind: KubeletConfiguration\nhealthzPort: 10248\n' };
const PEM = '-----BEGIN CERTIFICATE-----\nx\n-----BEGIN EC PRIVATE KEY-----\ny\n';

test('without the read-only port a client certificate is tried; refused, the gap says what is needed', async () => {
  const asked: string[] = [];
  const get = standInKubelet(
    {
      'http://127.0.0.1:10248/healthz': { status: 200, body: 'ok' },
      'https://127.0.0.1:10250/metrics': { status: 403, body: 'Forbidden' },
    },
    asked,
  );
  const machine = node(['--config=/var/lib/kubelet/config.yaml'], {
    files: { ...CONFIG, '/var/lib/kubelet/pki/kubelet-client-current.pem': PEM },
  });
  const view = await examineMachine(createKubeletProbe(get), machine);
  assert.ok(asked.includes('https://127.0.0.1:10250/metrics with a certificate'));
  const [gap] = view.gaps('kubelet');
  assert.equal(gap?.fact.why, 'no-permission');
  assert.match(gap?.fact.detail ?? '', /HTTP 403; needs .*nodes\/metrics/);
  assert.doesNotMatch(JSON.stringify(view.caseFile), /PRIVATE KEY/);
});

test('a kubelet in a network namespace of its own, as in a container, is not asked on our loopback', async () => {
  const asked: string[] = [];
  const machine = node([], { links: { '/proc/7/ns/net': 'net:[2]' } });
  const view = await examineMachine(createKubeletProbe(standInKubelet({}, asked)), machine);
  assert.deepEqual(asked, []);
  assert.deepEqual(view.all('kubelet-healthz'), []);
  assert.match(view.gaps('kubelet')[0]?.fact.detail ?? '', /network namespace/);
});

test('no kubelet is an answer, unless the machine is set up to have one', async () => {
  const bare = { files: { '/proc/1/stat': statLine(1, 'init', 0) } };
  assert.deepEqual(
    (await examineMachine(kubeletProbe, bare)).gaps('kubelet').map((g) => g.fact.why),
    ['absent'],
  );
  const stats = {
    '/var/lib/kubelet/config.yaml': { kind: 'file' as const, size: 1, inode: 1, device: '8:1', modifiedAt: 0 },
  };
  assert.deepEqual(
    (await examineMachine(kubeletProbe, { ...bare, stats })).gaps('kubelet').map((g) => g.fact.why),
    ['failed'],
  );
});

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

async function serve(answer: (path: string) => string | null): Promise<string> {
  const server = createServer((request, response) => {
    const body = answer(request.url ?? '');
    if (body !== null) response.writeHead(body === 'no' ? 403 : 200).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('over real HTTP: an answer, a refusal, silence, and nobody there', async () => {
  const url = await serve((path) => (path === '/silent' ? null : path === '/no' ? 'no' : 'ok'));
  const signal = new AbortController().signal;
  const get = (path: string) => httpGet(`${url}${path}`, { deadlineMs: 200, signal });
  const healthz = await get('/healthz');
  assert.deepEqual(healthz.outcome === 'ok' && healthz.value, { status: 200, body: 'ok' });
  const refused = await get('/no');
  assert.equal(refused.outcome === 'ok' && refused.value.status, 403);
  assert.equal((await get('/silent')).outcome, 'timeout');
  const nobody = await httpGet('http://127.0.0.1:1/healthz', { deadlineMs: 200, signal });
  assert.equal(nobody.outcome === 'error' && nobody.code, 'ECONNREFUSED');
});
