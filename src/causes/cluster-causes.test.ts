import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import {
  apiServer,
  certificate,
  event,
  fromCluster,
  lease,
  lostToControlPlane,
  notReadyFor,
  peers,
} from '../../test/support/cluster-case.ts';
import { healthyDocker } from '../../test/support/incidents.ts';
import { diagnose } from '../diagnose/diagnose.ts';

const verdictOf = (given: CaseBuilder) => {
  const { verdict } = diagnose(given.build());
  return verdict === null ? 'nothing wrong' : `${verdict.cause}, ${verdict.status}`;
};
const statusOf = (given: CaseBuilder, cause: string) =>
  diagnose(given.build()).differential.find((c) => c.cause === cause)?.status;
const node = () => healthyDocker().kubelet('v1.30.1', 1000);

for (const outcome of ['refused', 'unreachable', 'timeout'] as const) {
  test(`asked as the kubelet asks, the API server: ${outcome}: it cannot be reached`, () => {
    const d = diagnose(apiServer(node(), outcome).build());
    assert.equal(d.verdict?.cause, 'control-plane-unreachable');
    assert.equal(d.verdict?.status, 'confirmed');
    assert.deepEqual(
      d.verdict?.subjects.map((s) => s.attrs.component),
      ['kubelet', 'kube-apiserver'],
    );
    assert.deepEqual(
      d.chain.map((l) => l.state),
      ['control-plane-unreachable', 'kubelet-not-reporting', 'node-not-ready'],
    );
    assert.ok(d.remedies.every((r) => r.works === ['restore-path', 'restart-api-server'].includes(r.action)));
  });
}

test('the API server answers nobody: it is the subject', () => {
  const given = apiServer(apiServer(node(), 'refused'), 'refused', { askedWith: 'user-kubeconfig' });
  const { verdict } = diagnose(given.build());
  assert.equal(verdict?.subjects[0]?.attrs.component, 'kube-apiserver');
  assert.match(verdict?.summary.en ?? '', /answers nobody/);
});

test('others are answered: the way from this node is broken', () => {
  const given = apiServer(apiServer(node(), 'timeout'), 'ok', { askedWith: 'user-kubeconfig' });
  assert.match(diagnose(given.build()).verdict?.summary.en ?? '', /the way from this node is broken/);
});

test('the user alone cannot reach it: likely at most, for it may be the user’s own network', () => {
  const given = apiServer(fromCluster(), 'timeout', { askedWith: 'user-kubeconfig' });
  assert.equal(verdictOf(given), 'control-plane-unreachable, likely');
});

test('an answer that refuses these credentials is an answer; a call given up early is no silence', () => {
  assert.equal(statusOf(apiServer(node(), 'rejected'), 'control-plane-unreachable'), 'ruled-out');
  assert.equal(statusOf(apiServer(node(), 'timeout', { tookMs: 200 }), 'control-plane-unreachable'), 'not-examined');
});

test('the kubelet’s log of the last minutes alone makes it likely, unless the lease is fresh', () => {
  const given = () => aCase().logged('api-server-unreachable', 30_000);
  assert.equal(verdictOf(given()), 'control-plane-unreachable, likely');
  assert.equal(verdictOf(lease(given(), 5000)), 'nothing wrong');
});

test('lost to the control plane while its kubelet is well: the way between them', () => {
  const healthz = {
    type: 'kubelet-healthz',
    endpoint: 'http://127.0.0.1:10248/healthz',
    body: 'ok',
    tookMs: 1,
  } as const;
  const given = lostToControlPlane(node()).fact({ ...healthz, outcome: 'ok' }, ['component:kubelet@900']);
  assert.equal(verdictOf(given), 'control-plane-unreachable, likely');
});

test('an expired client certificate that the API server refuses is the cause, not the API server', () => {
  const d = diagnose(apiServer(certificate(node(), 'kubelet-client', -3), 'rejected').build());
  assert.equal(d.verdict?.cause, 'certificate-expired');
  assert.equal(d.verdict?.confidence, 0.97);
  assert.match(d.verdict?.summary.en ?? '', /client certificate of the kubelet expired 3d ago/);
  assert.deepEqual(
    d.chain.map((l) => l.state),
    ['certificate-expired', 'kubelet-not-reporting', 'node-not-ready'],
  );
});

test('one valid client certificate is enough; an expired one beside it is said and is no verdict', () => {
  const given = certificate(
    certificate(node(), 'kubelet-client', -3, '/etc/kubernetes/kubelet.conf'),
    'kubelet-client',
    90,
  );
  assert.equal(verdictOf(given), 'nothing wrong');
  assert.equal(statusOf(given, 'certificate-expired'), 'possible');
});

test('an expired serving certificate hinders logs and exec, not Ready', () => {
  assert.equal(verdictOf(certificate(node(), 'kubelet-serving', -3)), 'nothing wrong');
});

test('a lease that is renewed was renewed with a valid certificate', () => {
  assert.equal(statusOf(lease(certificate(node(), 'kubelet-client', -3), 5000), 'certificate-expired'), 'possible');
});

test('a CA file counts as expired only if every CA in it is', () => {
  const ca = (days: number, it = node()) => certificate(it, 'cluster-ca', days, '/pki/ca.crt');
  assert.equal(verdictOf(ca(-3)), 'certificate-expired, confirmed');
  assert.equal(verdictOf(ca(90, ca(-3))), 'nothing wrong');
});

test('many nodes lost together: the control plane, not this node', () => {
  const given = peers(lostToControlPlane(fromCluster()), 13, 11);
  assert.equal(verdictOf(given), 'control-plane-overloaded, likely');
  assert.equal(statusOf(given, 'kubelet-down'), 'not-examined');
  assert.ok(diagnose(given.build()).remedies.every((r) => r.action !== 'reboot' || !r.works));
});

test('lost alone, seen from the cluster only: its kubelet is likely down, and it is said to look on the node', () => {
  const { verdict } = diagnose(peers(lostToControlPlane(fromCluster()), 13, 0).build());
  assert.deepEqual([verdict?.cause, verdict?.status], ['kubelet-down', 'likely']);
  assert.match(verdict?.summary.en ?? '', /look on the node/);
});

test('from the cluster only: the kubelet’s word on its runtime and its network', () => {
  assert.equal(verdictOf(notReadyFor(fromCluster(), 'container runtime is down')), 'runtime-unresponsive, likely');
  const refused =
    'Failed to create pod sandbox: dial unix /run/containerd/containerd.sock: connect: connection refused';
  assert.equal(
    verdictOf(event(notReadyFor(fromCluster(), 'container runtime is down'), 'FailedCreatePodSandBox', refused)),
    'runtime-down, likely',
  );
  const cni =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  assert.equal(verdictOf(notReadyFor(fromCluster(), cni)), 'cni-not-ready, confirmed');
});

test('from the cluster only: PLEG is not healthy is a symptom; the node itself has to be looked at', () => {
  const { verdict } = diagnose(
    notReadyFor(fromCluster(), 'PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s').build(),
  );
  assert.equal(verdict?.cause, 'undetermined');
  assert.match(verdict?.summary.en ?? '', /run notready on the node itself/);
});

test('a runtime that is seen to answer is not down, whatever the kubelet said', () => {
  assert.equal(statusOf(notReadyFor(node(), 'container runtime is down'), 'runtime-unresponsive'), 'ruled-out');
});

test('DiskPressure alone is a warning, with evictions a fault, and neither is said to take Ready away', () => {
  const pressed = () =>
    fromCluster().ready('True', 0, { by: 'node-object' }).fact(
      {
        type: 'node-condition',
        condition: 'DiskPressure',
        status: 'True',
        reason: 'KubeletHasDiskPressure',
        message: 'kubelet has disk pressure',
        since: null,
      },
      ['node:this'],
    );
  assert.equal(verdictOf(pressed()), 'nothing wrong');
  const d = diagnose(event(pressed(), 'EvictionThresholdMet', 'Attempting to reclaim ephemeral-storage').build());
  assert.equal(d.verdict?.cause, 'disk-full');
  assert.match(d.verdict?.summary.en ?? '', /that alone does not make the node NotReady/);
});

test('a kubelet with thresholds of its own evicts on a filesystem that has room by any other measure', () => {
  const given = healthyDocker()
    .fact(
      {
        type: 'node-condition',
        condition: 'DiskPressure',
        status: 'True',
        reason: 'KubeletHasDiskPressure',
        message: '',
        since: null,
      },
      ['node:this'],
    )
    .logged('eviction', 20_000);
  assert.equal(verdictOf(given), 'disk-full, likely');
});

test('a kubelet that said Ready in its log before it was cut off does not know better', () => {
  const d = diagnose(apiServer(node().ready('True', 120_000, { by: 'kubelet-log' }), 'refused').build());
  assert.deepEqual(d.chain.at(-1)?.state, 'node-not-ready');
});
