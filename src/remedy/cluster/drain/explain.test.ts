import assert from 'node:assert/strict';
import { test } from 'node:test';
import { node, pod } from '../../../../test/support/remedy/samples.ts';
import { failure } from '../../../../test/support/remedy/stand-in-cluster.ts';
import type { Budget } from '../objects/budget.ts';
import { explainStuck } from './explain.ts';
import { readRefusal } from './refusal.ts';

const ASKED = Date.parse('2026-11-24T05:50:00Z');
const CONTAINER = 'a'.repeat(64);
const NO_HUNG: ReadonlySet<string> = new Set();
const SETTING = { node: node('worker-1'), budgets: [], now: ASKED + 120_000, hungContainers: NO_HUNG };

function dying(
  name: string,
  more: { grace?: number; finalizers?: readonly string[]; owner?: string; spec?: object } = {},
) {
  const { grace = 30, finalizers = [], owner = 'ReplicaSet', spec = {} } = more;
  const deletionTimestamp = new Date(ASKED + grace * 1000).toISOString();
  const metadata = { deletionTimestamp, deletionGracePeriodSeconds: grace, finalizers };
  const status = { phase: 'Running', containerStatuses: [{ name: 'app', containerID: `docker://${CONTAINER}` }] };
  return pod(name, { metadata, status, owner, spec: { nodeName: 'worker-1', ...spec } });
}

const refusal = (code: number, message: string, causes: readonly Record<string, string>[] = []) => {
  const { json } = failure(code, message, causes);
  return readRefusal({ status: code, body: JSON.stringify(json), cut: false });
};

test('a budget at zero, with its numbers; one that never lets any go says so', () => {
  const budget: Budget = {
    namespace: 'shop',
    name: 'web',
    selector: [],
    disruptionsAllowed: 0,
    currentHealthy: 2,
    desiredHealthy: 2,
    expectedPods: 3,
    isStale: false,
    unhealthyPolicy: '',
  };
  const causes = [
    { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
  ];
  const said = refusal(429, 'Cannot evict pod as it would violate the pod’s disruption budget.', causes);
  const stuck = explainStuck(pod('web'), said, { ...SETTING, budgets: [budget] });
  assert.equal(stuck.reason, 'budget-exhausted');
  assert.equal(stuck.why.en, 'budget web allows no disruption now: 2 of 3 pods healthy, 2 needed');
  assert.equal(stuck.nextCommand, 'kubectl -n shop describe pdb web');
  assert.equal(stuck.forced?.command, 'kubectl -n shop delete pod web');
  const never = explainStuck(pod('web'), said, { ...SETTING, budgets: [{ ...budget, desiredHealthy: 3 }] });
  assert.match(never.next.en, /needs as many pods as there are/);
  assert.match(explainStuck(pod('web'), said, SETTING).why.en, /needs 2 healthy pods and has 2 currently/);
});

test('what the eviction API’s refusals mean', () => {
  const cause = (reason: string, message: string) => [{ reason, message }];
  for (const [given, reason] of [
    [
      refusal(429, 'x', cause('DisruptionBudget', 'The disruption budget b is still being processed by the server.')),
      'budget-not-counted',
    ],
    [refusal(500, 'This pod has more than one PodDisruptionBudget, which ...'), 'several-budgets'],
    [
      refusal(500, 'Internal error occurred: failed calling webhook "v.example.com": dial tcp: timeout'),
      'webhook-failed',
    ],
    [refusal(403, 'admission webhook "v.example.com" denied the request: not now'), 'webhook-denied'],
    [refusal(400, 'admission webhook "v.example.com" denied the request without explanation'), 'webhook-denied'],
    [refusal(403, 'x', cause('NamespaceTerminating', 'namespace x is being terminated')), 'namespace-terminating'],
    [refusal(403, 'pods "a" is forbidden: User "u" cannot create resource "pods/eviction"'), 'no-permission'],
    [refusal(429, 'Too many requests, please try again later.'), 'api-server'],
    [refusal(503, 'etcdserver: no leader'), 'api-server'],
  ] as const) {
    assert.equal(given.reason, reason, given.said);
    assert.equal(explainStuck(pod('a'), given, SETTING).reason, reason);
  }
  assert.equal(
    readRefusal({ status: 500, body: 'no JSON \u001b[31m', cut: false }).said,
    'HTTP 500: no JSON \\x1b[31m',
  );
});

test('time left, then a kubelet that does not confirm; on a node that is not Ready the node is to blame', () => {
  const at = (ms: number, more = {}) => explainStuck(dying('a'), null, { ...SETTING, now: ASKED + ms, ...more });
  assert.equal(at(20_000).reason, 'grace-period');
  assert.equal(at(20_000).forced, null);
  assert.equal(at(120_000).reason, 'not-confirmed');
  const lost = at(120_000, { node: node('worker-1', { ready: 'Unknown' }) });
  assert.equal(lost.reason, 'node-not-ready');
  assert.match(lost.why.en, /asked to end 2m ago, grace period 30 s; worker-1 is Ready=Unknown/);
});

test('a container that the diagnosis found hung is named at once', () => {
  const { reason, why } = explainStuck(dying('a'), null, {
    ...SETTING,
    now: ASKED,
    hungContainers: new Set([CONTAINER]),
  });
  assert.equal(reason, 'container-hung');
  assert.match(why.en, /cannot stop app/);
});

test('a finalizer is to blame once the kubelet has confirmed the end, not before', () => {
  const finalizers = ['example.com/x'];
  assert.equal(explainStuck(dying('a', { grace: 0, finalizers }), null, SETTING).reason, 'finalizer');
  assert.equal(explainStuck(dying('a', { finalizers }), null, SETTING).reason, 'not-confirmed');
});

test('force warns of what it loses: a second of one identity, attached volumes, an emptyDir', () => {
  const volumes = [
    { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } },
    { name: 'tmp', emptyDir: {} },
  ];
  const { forced } = explainStuck(dying('db-0', { owner: 'StatefulSet', spec: { volumes } }), null, SETTING);
  assert.deepEqual(forced?.act, {
    kind: 'force-delete-pod',
    pod: { namespace: 'shop', name: 'db-0', uid: 'uid-db-0' },
  });
  assert.match(forced?.breaks.en ?? '', /two of one identity can destroy data.*data-db-0.*6 min.*emptyDir tmp is lost/);
  const plain = explainStuck(dying('web'), null, SETTING).forced?.breaks.en ?? '';
  assert.doesNotMatch(plain, /identity|detached|emptyDir/);
});
