import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEASE, listOf, NODE, NODE_EVENT, otherNode, POD, POD_EVENT } from '../../test/support/api-objects.ts';
import { examineMachine, statLine } from '../../test/support/daemon-machine.ts';
import { forbidden, standInApi, statusObject } from '../../test/support/stand-in-api.ts';
import { entityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import { kubeApiProbe } from './kube-api.ts';

const NODE_PATH = '/api/v1/nodes/worker-1';
const LEASE_PATH = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/worker-1';
const HEALTHY = {
  [NODE_PATH]: { json: NODE },
  [LEASE_PATH]: { json: LEASE },
  '/api/v1/pods': listOf(POD),
  '/api/v1/nodes': listOf(NODE, otherNode('worker-2', 'True', '2026-11-20T00:00:00Z')),
  '/api/v1/events': (query: URLSearchParams) =>
    query.get('fieldSelector')?.includes('=Node') ? listOf(NODE_EVENT) : listOf(POD_EVENT),
};

type Answers = Parameters<typeof standInApi>[0];

function examine(answers: Answers, asked: string[] = []): Promise<CaseView> {
  const client = standInApi(answers, asked);
  const cluster = { client, nodeName: 'worker-1', askedWith: 'user-kubeconfig' as const };
  return examineMachine(kubeApiProbe, { files: {} }, [], { cluster });
}

const gaps = (view: CaseView, topic: Topic) =>
  view.gaps(topic).map(({ fact }) => `${fact.why}${fact.partial ? ', partly' : ''}: ${fact.detail}`);

test('a node that may be seen whole', async () => {
  const asked: string[] = [];
  const view = await examine(HEALTHY, asked);
  assert.equal(view.all('node-object')[0]?.fact.name, 'worker-1');
  assert.equal(view.all('node-ready')[0]?.fact.by, 'node-object');
  assert.equal(view.all('node-lease')[0]?.fact.durationMs, 40_000);
  assert.equal(view.all('peer-nodes')[0]?.fact.total, 1);
  assert.equal(view.all('api-server')[0]?.fact.outcome, 'ok');
  const pod = entityId.pod(POD.metadata.uid);
  assert.equal(view.entity(pod)?.name, 'shop/cart-0');
  assert.deepEqual(
    view.about(pod, 'cluster-event').map((o) => [o.fact.reason, o.at]),
    [['FailedKillPod', Date.parse('2026-11-24T05:57:00Z')]],
  );
  assert.equal(view.about(entityId.node(), 'cluster-event')[0]?.fact.reason, 'NodeNotReady');
  assert.deepEqual(view.all('gap'), []);
  assert.ok(
    asked.every((path) => path.includes('limit=') || path === NODE_PATH || path === LEASE_PATH),
    asked.join(),
  );
});

test('what is denied is a gap that names the right; the rest is seen all the same', async () => {
  const view = await examine({
    ...HEALTHY,
    '/api/v1/events': forbidden('events'),
    '/api/v1/nodes': forbidden('nodes'),
    [LEASE_PATH]: forbidden('leases'),
  });
  assert.equal(view.all('node-ready').length, 1);
  assert.equal(view.examined('node-events'), false);
  assert.deepEqual(gaps(view, 'node-events')[0], 'no-permission: HTTP 403; needs the right: list events');
  assert.deepEqual(gaps(view, 'node-object').toSorted(), [
    'no-permission, partly: lease: HTTP 403; needs the right: get leases.coordination.k8s.io -n kube-node-lease',
    'no-permission, partly: other nodes: HTTP 403; needs the right: list nodes',
  ]);
});

test('nothing allowed: the way to the API server works, and nothing else is known', async () => {
  const denied = forbidden('nodes');
  const view = await examine({
    [NODE_PATH]: denied,
    [LEASE_PATH]: denied,
    '/api/v1/pods': denied,
    '/api/v1/nodes': denied,
    '/api/v1/events': denied,
  });
  assert.equal(view.all('api-server')[0]?.fact.outcome, 'ok');
  for (const topic of ['node-object', 'node-events', 'node-pods'] as const) assert.equal(view.examined(topic), false);
});

test('a server that accepts and does not answer is evidence, and every question stays open', async () => {
  const silent = Object.fromEntries(Object.keys(HEALTHY).map((path) => [path, null]));
  const view = await examine(silent);
  assert.equal(view.all('api-server')[0]?.fact.outcome, 'timeout');
  assert.match(gaps(view, 'node-pods')[0] ?? '', /^stuck: DEADLINE_EXCEEDED: no answer within 1\.0 s/);
});

test('a server that is not well says which of its checks fail', async () => {
  const view = await examine({
    [NODE_PATH]: statusObject(500, 'InternalError', 'etcdserver: request timed out'),
    '/readyz': { status: 500, text: '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed' },
  });
  const [fact] = view.all('api-server').map((o) => o.fact);
  assert.equal(fact?.outcome, 'unhealthy');
  assert.match(fact?.detail ?? '', /request timed out; \[-\]etcd failed: reason withheld/);
});

test('a node without a lease has none, which is not the same as not having looked', async () => {
  const { [LEASE_PATH]: _, ...rest } = HEALTHY;
  const view = await examine(rest);
  assert.deepEqual(view.all('node-lease')[0]?.fact, { type: 'node-lease', renewedAt: null, durationMs: null });
  assert.deepEqual(gaps(view, 'node-object'), []);
});

test('long lists come page by page and end somewhere', async () => {
  const page = (query: URLSearchParams) => {
    const n = Number(query.get('continue') ?? 0);
    const items = Array.from({ length: 500 }, (_, i) => ({ ...POD, metadata: { ...POD.metadata, uid: `${n}-${i}` } }));
    return { json: { metadata: { continue: String(n + 1) }, items } };
  };
  const view = await examine({ ...HEALTHY, '/api/v1/pods': page });
  assert.equal(view.all('pod-object').length, 1000);
  assert.deepEqual(gaps(view, 'node-pods'), ['budget, partly: more than 1000']);
});

test('pages that lead nowhere, lists that are none, and JSON that is none', async () => {
  const empty = { json: { metadata: { continue: 'again' }, items: [] } };
  assert.deepEqual((await examine({ ...HEALTHY, '/api/v1/pods': empty })).all('pod-object'), []);
  const odd = await examine({ ...HEALTHY, '/api/v1/pods': { json: 7 }, [NODE_PATH]: { text: '<html>' } });
  assert.deepEqual(gaps(odd, 'node-pods'), ['failed: the answer is no list']);
  assert.deepEqual(gaps(odd, 'node-object'), ['failed: the answer is no JSON']);
});

test('text of a cluster cannot move the cursor, turn the line around or carry a secret', async () => {
  const message = 'x\u001b[2J\u202e token=abcdefghijklmnop'.padEnd(9000, 'y');
  const view = await examine({ ...HEALTHY, '/api/v1/events': listOf({ ...NODE_EVENT, message }) });
  const text = JSON.stringify(view.caseFile);
  for (const bad of ['\\u001b', '\u202e', 'abcdefghijklmnop']) assert.ok(!text.includes(bad), bad);
  assert.ok((view.all('cluster-event')[0]?.fact.message.length ?? 0) <= 4096);
});

test('an event of another node’s pod is left out', async () => {
  const elsewhere = { ...POD_EVENT, source: { component: 'kubelet', host: 'worker-2' } };
  const placeless = { ...POD_EVENT, source: { component: 'taint-controller' } };
  const other = { ...placeless, involvedObject: { ...POD_EVENT.involvedObject, uid: 'other' } };
  const view = await examine({
    ...HEALTHY,
    '/api/v1/events': (query) =>
      query.get('fieldSelector')?.includes('=Node') ? listOf() : listOf(elsewhere, other, placeless),
  });
  assert.deepEqual(
    view.all('cluster-event').map((o) => o.fact.component),
    ['taint-controller'],
  );
});

test('without a kubelet here and without a cluster named, there is nothing to ask', async () => {
  const view = await examineMachine(kubeApiProbe, { files: { '/proc/1/stat': statLine(1, 'init', 0) } });
  assert.deepEqual(gaps(view, 'node-object'), ['absent: no kubelet runs']);
  assert.equal(view.examined('node-events'), true);
});

const kubelet = (args: string[], files: Record<string, string | { error: string }>) => ({
  files: {
    '/proc/1/stat': statLine(1, 'init', 0),
    '/proc/7/stat': statLine(7, 'kubelet'),
    '/proc/7/cmdline': ['/usr/bin/kubelet', ...args, ''].join('\0'),
    '/proc/sys/kernel/hostname': 'Worker-1\n',
    ...files,
  },
  links: { '/proc/7/ns/mnt': 'mnt:[1]', '/proc/self/ns/mnt': 'mnt:[1]' },
});

test('a kubelet whose kubeconfig we may not read', async () => {
  const files = { '/etc/kubernetes/kubelet.conf': { error: 'EACCES' } };
  const view = await examineMachine(kubeApiProbe, kubelet(['--kubeconfig=/etc/kubernetes/kubelet.conf'], files));
  assert.deepEqual(gaps(view, 'node-object'), [
    'no-permission: the kubeconfig /etc/kubernetes/kubelet.conf cannot be read: EACCES',
  ]);
});

test('a kubelet that has no API server at all; a plugin of its kubeconfig is not run', async () => {
  assert.deepEqual(gaps(await examineMachine(kubeApiProbe, kubelet([], {})), 'node-pods'), [
    'absent: the kubelet has no --kubeconfig',
  ]);
  const plugin =
    '{current-context: a, contexts: [{name: a, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: "https://x"}}], users: [{name: u, user: {exec: {command: /bin/false}}}]}';
  const view = await examineMachine(kubeApiProbe, kubelet(['--kubeconfig=/k'], { '/k': plugin }));
  assert.match(gaps(view, 'node-object')[0] ?? '', /^failed: .*\/bin\/false.* only on request/);
});

test('by the kubelet’s own kubeconfig: its refusal is about the kubelet, and events are not asked for', async () => {
  const config =
    '{current-context: a, contexts: [{name: a, context: {cluster: c}}], clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]}';
  const view = await examineMachine(kubeApiProbe, kubelet(['--kubeconfig=/k'], { '/k': config }));
  const [reach] = view.all('api-server');
  assert.deepEqual([reach?.fact.outcome, reach?.fact.askedWith], ['refused', 'kubelet-kubeconfig']);
  assert.deepEqual(reach?.about, [entityId.component('kubelet', 7)]);
  assert.match(gaps(view, 'node-events')[0] ?? '', /^no-permission: a kubelet may not list events/);
});
