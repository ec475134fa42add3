import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examineMachine } from '../../test/support/daemon-machine.ts';
import { forbidden, standInApi, statusObject } from '../../test/support/stand-in-api.ts';
import { TOPICS } from '../evidence/vocabulary/limits.ts';
import { nodeProxyProbe } from './node-proxy.ts';
import { remoteNodeProbe } from './remote-node.ts';

const PROXY = '/api/v1/nodes/worker-1/proxy';
const METRICS = `kubelet_pleg_last_seen_seconds 1.673335884e+09
kubernetes_build_info{git_version="v1.20.2"} 1
`;
const LOG =
  'I0110 07:31:17.171114    2199 setters.go:548] "Node became not ready" node="worker-1" condition={Type:Ready Status:False LastHeartbeatTime:x LastTransitionTime:x Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m1.1s ago; threshold is 3m0s}\n';

const ALL = {
  [`${PROXY}/healthz`]: { text: 'ok' },
  [`${PROXY}/metrics`]: { text: METRICS },
  [`${PROXY}/configz`]: { json: { kubeletconfig: { runtimeRequestTimeout: '30s' } } },
  [`${PROXY}/logs/kubelet.log`]: { text: LOG },
};

function examine(answers: Parameters<typeof standInApi>[0], asked: string[] = []) {
  const cluster = { client: standInApi(answers, asked), nodeName: 'worker-1', askedWith: 'user-kubeconfig' as const };
  return examineMachine(nodeProxyProbe, { now: 1_673_335_894_000 }, [], { cluster });
}

test('health, metrics, settings and log of a kubelet elsewhere', async () => {
  const view = await examine(ALL);
  assert.equal(view.all('kubelet-healthz')[0]?.fact.outcome, 'ok');
  assert.equal(view.all('kubelet-pleg')[0]?.fact.lastSeenAgeMs, 10_000);
  const [facts] = view.all('kubelet-facts').map((o) => o.fact);
  assert.deepEqual([facts?.version, facts?.runtimeRequestTimeoutMs], ['v1.20.2', 30_000]);
  assert.equal(view.all('log-signal')[0]?.fact.signal, 'node-became-not-ready');
  assert.equal(view.all('node-ready')[0]?.fact.by, 'kubelet-log');
  assert.deepEqual(view.all('gap'), []);
});

test('without the right to the proxy nothing is asked twice, and the right is named', async () => {
  const asked: string[] = [];
  const denied = forbidden('nodes');
  const view = await examine(Object.fromEntries(Object.keys(ALL).map((path) => [path, denied])), asked);
  assert.deepEqual(view.all('kubelet-healthz'), []);
  assert.match(view.gaps('kubelet-log')[0]?.fact.detail ?? '', /needs the right: get nodes\/proxy/);
  assert.equal(view.examined('kubelet'), false);
  assert.equal(asked.filter((path) => path.includes('/logs/')).length, 1);
});

test('a kubelet that is stopped: the proxy waits, and we do not for ever', async () => {
  const view = await examine(Object.fromEntries(Object.keys(ALL).map((path) => [path, null])));
  assert.equal(view.all('kubelet-healthz')[0]?.fact.outcome, 'timeout');
  assert.deepEqual(
    view.gaps('kubelet').map((g) => g.fact.why),
    ['stuck'],
  );
});

test('a kubelet that says it is unwell, and an API server that cannot reach it', async () => {
  const unwell = await examine({ ...ALL, [`${PROXY}/healthz`]: { status: 500, text: '[-]syncloop failed' } });
  assert.equal(unwell.all('kubelet-healthz')[0]?.fact.outcome, 'unhealthy');
  const gone = statusObject(
    503,
    'ServiceUnavailable',
    'error trying to reach service: dial tcp 10.0.0.7:10250: connect: connection refused',
  );
  const view = await examine({ ...ALL, [`${PROXY}/healthz`]: gone });
  assert.equal(view.all('kubelet-healthz')[0]?.fact.outcome, 'error');
  assert.match(view.all('kubelet-healthz')[0]?.fact.body ?? '', /connection refused/);
});

test('no file of the log: the journal is asked for, which old kubelets answer with a folder', async () => {
  const { [`${PROXY}/logs/kubelet.log`]: _, ...rest } = ALL;
  const journal = await examine({ ...rest, [`${PROXY}/logs/`]: { text: LOG } });
  assert.equal(journal.all('log-signal').length, 1);
  const old = await examine({ ...rest, [`${PROXY}/logs/`]: { text: '<pre>\n<a href="syslog">syslog</a>\n</pre>\n' } });
  assert.match(old.gaps('kubelet-log')[0]?.fact.detail ?? '', /NodeLogQuery/);
});

test('from elsewhere every topic of the host is open, and none is absent', async () => {
  const cluster = { client: standInApi({}), nodeName: 'worker-1', askedWith: 'user-kubeconfig' as const };
  const view = await examineMachine(remoteNodeProbe, {}, [], { cluster });
  assert.equal(view.entity('node:this')?.name, 'worker-1');
  assert.equal(view.examined('processes'), false);
  assert.equal(view.examined('node-object'), true);
  assert.equal(view.all('gap').length, TOPICS.length - 5);
  assert.equal(view.examined('api-server'), true);
});
