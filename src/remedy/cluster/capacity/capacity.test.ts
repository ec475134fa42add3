import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, node, pod } from '../../../../test/support/remedy/samples.ts';
import type { ClusterPod } from '../objects/pod.ts';
import { readVolume } from '../objects/volume.ts';
import { capacityWithout } from './index.ts';

const hostname = 'kubernetes.io/hostname';
const EMPTIED = node('worker-1');

function capacity(others: readonly ReturnType<typeof node>[], pods: readonly ClusterPod[], more = {}) {
  return capacityWithout(context({ nodes: [EMPTIED, ...others], pods, ...more }), 'worker-1');
}

/** `reason detail ×nodes`, of one pod alone. */
function reasons(
  others: readonly ReturnType<typeof node>[],
  pods: readonly ClusterPod[],
  more = {},
): readonly string[] {
  const { unplaced } = capacity(others, pods, more);
  return unplaced.flatMap((u) => u.refusals.map((r) => `${r.reason} ${r.detail} ×${r.nodes}`));
}

test('pods that fit go to the emptiest node; what does not fit says how many nodes refuse for what', () => {
  const pods = [pod('a', { cpu: '2' }), pod('b', { cpu: '5' }), pod('there', { on: 'worker-2', cpu: '1' })];
  const { fits, unplaced } = capacity([node('worker-2'), node('worker-3')], pods);
  assert.deepEqual(
    fits.map((f) => [f.pod.name, f.node]),
    [['a', 'worker-3']],
  );
  assert.deepEqual(
    unplaced.map((u) => [u.pod.name, u.refusals.map((r) => r.text.en)]),
    [['b', ['2 nodes have too little cpu left']]],
  );
});

test('what stays or comes back nowhere needs no place: DaemonSets, mirrors, finished pods, pods of nobody', () => {
  const { fits, unplaced, notRecreated } = capacity(
    [],
    [
      pod('agent', { owner: 'DaemonSet' }),
      pod('static', { owner: null, metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } }),
      pod('done', { owner: 'Job', status: { phase: 'Succeeded' } }),
      pod('alone', { owner: null }),
    ],
  );
  assert.deepEqual([fits, unplaced, notRecreated.map((p) => p.name)], [[], [], ['alone']]);
});

test('a pod that is being deleted is replaced already, unless it is of a StatefulSet', () => {
  const metadata = { deletionTimestamp: '2026-11-24T05:50:30Z', deletionGracePeriodSeconds: 30 };
  const { unplaced } = capacity([], [pod('web', { metadata }), pod('db-0', { metadata, owner: 'StatefulSet' })]);
  assert.deepEqual(
    unplaced.map((u) => u.pod.name),
    ['db-0'],
  );
});

test('pods that wait for a place now compete; a higher priority goes first', () => {
  const waiting = pod('waiting', { on: '', cpu: '3', status: { phase: 'Pending' } });
  const others = [node('worker-2')];
  assert.equal(capacity(others, [pod('a', { cpu: '2' }), waiting]).unplaced.length, 1);
  const urgent = pod('a', { cpu: '2', spec: { nodeName: 'worker-1', priority: 1000, containers: [] } });
  assert.equal(capacity(others, [urgent, waiting]).unplaced.length, 0);
});

test('each filter refuses for its own reason', () => {
  const spec = (more: object) => ({ nodeName: 'worker-1', containers: [{}], ...more });
  const one = (more: object, other: Parameters<typeof node>[1] = {}, pods: readonly ClusterPod[] = []) =>
    reasons([node('worker-2', other)], [pod('a', { spec: spec(more) }), ...pods]);
  const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }];
  assert.deepEqual(one({}, { spec: { unschedulable: true } }), ['unschedulable  ×1']);
  assert.deepEqual(one({}, { spec: { taints } }), ['taint gpu=yes:NoSchedule ×1']);
  assert.deepEqual(one({ tolerations: [{ key: 'gpu', operator: 'Exists' }] }, { spec: { taints } }), []);
  assert.deepEqual(one({}, { spec: { taints: [{ ...taints[0], effect: 'PreferNoSchedule' }] } }), []);
  assert.deepEqual(one({ nodeSelector: { disk: 'ssd' } }), ['node-affinity  ×1']);
  assert.deepEqual(one({}, { allocatable: { pods: '0' } }), ['resource pods ×1']);
  const containers = [{ ports: [{ hostPort: 80 }] }];
  const there = (ip: string) =>
    pod('there', { spec: { nodeName: 'worker-2', containers: [{ ports: [{ hostPort: 80, hostIP: ip }] }] } });
  assert.deepEqual(one({ containers }, {}, [there('10.0.0.1')]), ['host-port 80/TCP ×1']);
  const elsewhere = [{ ports: [{ hostPort: 80, hostIP: '10.0.0.2' }] }];
  assert.deepEqual(one({ containers: elsewhere }, {}, [there('10.0.0.1')]), []);
});

test('a volume of the node or of another zone keeps its pod', () => {
  const spec = {
    nodeName: 'worker-1',
    containers: [{}],
    volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
  };
  const claims = [{ namespace: 'shop', name: 'data', volume: 'pv', accessModes: [] }];
  const bound = (labels: object, affinity: object) => {
    const volume = readVolume({ metadata: { name: 'pv', labels }, spec: { nodeAffinity: affinity } });
    const other = node('worker-2', { labels: { 'topology.kubernetes.io/zone': 'b' } });
    return reasons([other], [pod('a', { spec })], { claims, volumes: volume === null ? [] : [volume] });
  };
  const terms = [{ matchExpressions: [{ key: hostname, operator: 'In', values: ['worker-1'] }] }];
  assert.deepEqual(bound({}, { required: { nodeSelectorTerms: terms } }), ['volume-elsewhere pv ×1']);
  assert.deepEqual(bound({ 'failure-domain.beta.kubernetes.io/zone': 'a' }, {}), ['volume-elsewhere pv ×1']);
  assert.deepEqual(bound({ 'failure-domain.beta.kubernetes.io/zone': 'a__b' }, {}), []);
  assert.deepEqual(reasons([node('worker-2')], [pod('a', { spec })], { claims }), []);
});

test('an emptied node is still a domain: it can keep a spread pod from every other', () => {
  const labels = { app: 'web' };
  const constraint = {
    maxSkew: 1,
    topologyKey: hostname,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: labels },
  };
  const web = (name: string, on: string, more = {}) =>
    pod(name, {
      metadata: { labels },
      spec: { nodeName: on, containers: [{}], topologySpreadConstraints: [{ ...constraint, ...more }] },
    });
  const there = web('there', 'worker-2');
  assert.deepEqual(reasons([node('worker-2')], [web('a', 'worker-1'), there]), [`topology-spread ${hostname} ×1`]);
  const cordoned = node('worker-1', {
    spec: { taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] },
  });
  const honoured = web('a', 'worker-1', { nodeTaintsPolicy: 'Honor' });
  const { unplaced } = capacityWithout(
    context({ nodes: [cordoned, node('worker-2')], pods: [honoured, there] }),
    'worker-1',
  );
  assert.equal(unplaced.length, 0);
});

test('too few domains count as an empty one', () => {
  const labels = { app: 'web' };
  const constraint = {
    maxSkew: 1,
    minDomains: 5,
    topologyKey: hostname,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: labels },
  };
  const spec = { containers: [{}], topologySpreadConstraints: [constraint], nodeSelector: { disk: 'ssd' } };
  const pods = [
    pod('a', { metadata: { labels }, spec: { ...spec, nodeName: 'worker-1' } }),
    pod('b', { metadata: { labels }, spec: { ...spec, nodeName: 'worker-2' } }),
  ];
  const other = node('worker-2', { labels: { disk: 'ssd' } });
  assert.deepEqual(reasons([other], pods), [`topology-spread ${hostname} ×1`]);
});

test('pods that must be near others, or must not; namespaces by name and by selector', () => {
  const term = (more: object) => ({
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: hostname, ...more },
    ],
  });
  const a = (affinity: object, labels = { app: 'web' }) =>
    pod('a', { metadata: { labels }, spec: { nodeName: 'worker-1', containers: [{}], affinity } });
  const db = pod('db', { on: 'worker-2' });
  const other = [node('worker-2')];
  assert.deepEqual(reasons(other, [a({ podAffinity: term({}) })]), [`pod-affinity ${hostname} ×1`]);
  assert.deepEqual(reasons(other, [a({ podAffinity: term({}) }), db]), []);
  assert.deepEqual(reasons(other, [a({ podAffinity: term({}) }, { app: 'db' })]), [], 'the first of its kind');
  assert.deepEqual(reasons(other, [a({ podAntiAffinity: term({}) }), db]), [`pod-anti-affinity ${hostname} ×1`]);
  const apart = (more: object) => a({ podAntiAffinity: term(more) });
  assert.deepEqual(reasons(other, [apart({ namespaces: ['none'] }), db]), []);
  assert.deepEqual(reasons(other, [apart({ namespaceSelector: {} }), db]), [`pod-anti-affinity ${hostname} ×1`]);
  const shy = pod('shy', { spec: { nodeName: 'worker-2', containers: [{}], affinity: { podAntiAffinity: term({}) } } });
  assert.deepEqual(reasons(other, [a({}, { app: 'db' }), shy]), [`others-anti-affinity ${hostname} ×1`]);
});

test('spare room: a cordoned node before a control-plane node, each with what it means and what puts it back', () => {
  const taints = [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }];
  const { offers } = capacity(
    [
      node('master-1', { spec: { taints } }),
      node('worker-2', {
        spec: { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] },
      }),
      node('lost', { spec: { unschedulable: true }, ready: 'Unknown' }),
    ],
    [pod('a')],
  );
  assert.deepEqual(
    offers.map((o) => [o.kind, o.commands, o.putBackCommands, o.places.length, o.leaves.length]),
    [
      ['uncordon', ['kubectl uncordon worker-2'], ['kubectl cordon worker-2'], 1, 0],
      [
        'open-control-plane',
        ['kubectl taint node master-1 node-role.kubernetes.io/master:NoSchedule-'],
        ['kubectl taint node master-1 node-role.kubernetes.io/master:NoSchedule'],
        1,
        0,
      ],
    ],
  );
  assert.deepEqual(
    offers[1]?.acts.map((a) => a.kind),
    ['remove-taint'],
  );
  assert.match(offers[1]?.means.en ?? '', /etcd/);
});

test('where one node is not enough, the fewest that are', () => {
  const cordoned = { spec: { unschedulable: true } };
  const others = [node('worker-2', cordoned), node('worker-3', cordoned), node('worker-4', cordoned)];
  const pods = [pod('a', { cpu: '3' }), pod('b', { cpu: '3' })];
  const { offers, together } = capacity(others, pods);
  assert.equal(offers.length, 3);
  assert.deepEqual(
    together.map((o) => o.leaves.length),
    [1, 0],
  );
});

test('nothing is offered where nothing is lacking, or where it would not help', () => {
  const cordoned = node('worker-3', { spec: { unschedulable: true } });
  assert.deepEqual(capacity([node('worker-2'), cordoned], [pod('a')]).offers, []);
  const { unplaced, offers } = capacity([cordoned], [pod('a', { cpu: '9' })]);
  assert.deepEqual([unplaced.length, offers], [1, []]);
});

test('pods that fit only if packed well', () => {
  const pods = [pod('a'), pod('b'), pod('c', { cpu: '4' })];
  const spread = capacity([node('worker-2'), node('worker-3')], pods);
  assert.deepEqual([spread.unplaced.map((u) => u.pod.name), spread.fitsPacked], [['c'], true]);
  const { unplaced, fitsPacked } = capacity([node('worker-2')], pods);
  assert.deepEqual([unplaced.length, fitsPacked], [1, false]);
});

test('what budgets let go: all, in turns, none now, none ever', () => {
  const budget = (numbers: object) => ({
    namespace: 'shop',
    name: 'web',
    selector: [{ key: 'app', operator: 'In', values: ['web'] }],
    disruptionsAllowed: 0,
    currentHealthy: 2,
    desiredHealthy: 2,
    expectedPods: 3,
    isStale: false,
    unhealthyPolicy: '',
    ...numbers,
  });
  const pods = [1, 2].map((i) => pod(`web-${i}`, { metadata: { labels: { app: 'web' } } }));
  const verdict = (numbers: object) =>
    capacity([node('worker-2')], pods, { budgets: [budget(numbers)] }).budgets[0]?.verdict;
  assert.equal(verdict({ disruptionsAllowed: 2 }), 'free');
  assert.equal(verdict({ disruptionsAllowed: 1 }), 'in-turns');
  assert.equal(verdict({}), 'blocked');
  assert.equal(verdict({ desiredHealthy: 3 }), 'never');
});

test('what could not be read is said', () => {
  const missing = [
    { part: 'claims', right: 'list persistentvolumeclaims', why: 'no-permission', detail: 'HTTP 403' },
    { part: 'leases', right: 'list leases', why: 'failed', detail: 'x' },
  ] as const;
  assert.deepEqual(
    capacity([], [], { missing }).unknown.map((t) => t.en),
    ['not read: list persistentvolumeclaims (HTTP 403)'],
  );
});
