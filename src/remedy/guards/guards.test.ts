import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planFrom, recordedCase, withReady } from '../../../test/support/remedy.ts';
import { diagnose } from '../../diagnose/diagnose.ts';
import type { ActKind } from '../act.ts';
import type { NodeFacts } from './cluster-facts.ts';
import { foretellRefusals } from './foretell.ts';
import { DEFAULT_LIMITS, type GuardInput } from './guard.ts';
import { refusals } from './index.ts';

const NODE = 'lab-node';
const caseFile = withReady(await recordedCase('cluster/frozen-filesystem/during'), 'False');
const plan = planFrom(caseFile);
const diagnosis = diagnose(caseFile);
const NOW = diagnosis.examined.to + 1000;
const MINUTE = 60_000;

function node(name: string, facts: Partial<NodeFacts> = {}): NodeFacts {
  return {
    name,
    ready: 'True',
    readySince: NOW - 60 * MINUTE,
    controlPlane: false,
    unschedulable: false,
    taints: [],
    annotations: {},
    labels: {},
    ...facts,
  };
}

const SICK = node(NODE, { ready: 'False', readySince: NOW - 5 * MINUTE });
const PEERS = ['a', 'b', 'c', 'd', 'e'].map((n) => node(n));

function step(kind: ActKind): GuardInput['step'] {
  const found = plan.steps.find((s) => s.act.kind === kind);
  assert.ok(found, kind);
  return found;
}

/** The guards that refuse a step, by name. */
function refused(kind: ActKind, input: Partial<GuardInput> = {}): readonly string[] {
  const found = refusals({
    now: NOW,
    node: NODE,
    step: step(kind),
    plannedFor: plan.cause,
    diagnosis,
    cluster: { nodes: [SICK, ...PEERS], locks: [] },
    earlier: [],
    limits: DEFAULT_LIMITS,
    unattended: true,
    ...input,
  });
  for (const { why, lift } of found) assert.ok(why.zh !== '' && lift.en !== '' && lift.zh !== '');
  return found.map((r) => r.guard);
}

/** The same step is refused with these facts and allowed without them. */
function refusedOnly(guard: string, kind: ActKind, when: Partial<GuardInput>, gone: Partial<GuardInput> = {}): void {
  assert.deepEqual(refused(kind, when), [guard]);
  assert.deepEqual(refused(kind, gone), []);
}

test('nothing is refused on one sick node of a sound cluster', () => {
  for (const { act } of plan.steps) assert.deepEqual(refused(act.kind), []);
});

test('a flap that many nodes share', () => {
  const lost = ['a', 'b'].map((n) => node(n, { ready: 'Unknown', readySince: NOW - 6 * MINUTE }));
  const limits = { ...DEFAULT_LIMITS, maxUnhealthy: 6 };
  refusedOnly(
    'shared-flap',
    'thaw-filesystem',
    { cluster: { nodes: [SICK, ...lost, ...PEERS.slice(2)], locks: [] }, limits },
    // Lost on another day, for another reason.
    {
      cluster: {
        nodes: [SICK, ...lost.map((n) => ({ ...n, readySince: NOW - 600 * MINUTE })), ...PEERS.slice(2)],
        locks: [],
      },
      limits,
    },
  );
});

test('Unknown from the control plane’s side', async () => {
  const cut = diagnose(await recordedCase('cluster/kubelet-cut-off/during'));
  const now = cut.examined.to;
  const plannedFor = cut.verdict?.cause ?? null;
  assert.deepEqual(refused('reboot', { diagnosis: cut, now, plannedFor }), ['control-plane-side']);
  assert.deepEqual(refused('reboot'), []);
});

test('Unknown that nothing on the node explains', async () => {
  const healthy = diagnose(await recordedCase('cluster/healthy-pod/during'));
  const unknown = { nodes: [{ ...SICK, ready: 'Unknown' as const }, ...PEERS], locks: [] };
  const input = { diagnosis: healthy, now: healthy.examined.to, plannedFor: null, cluster: unknown };
  assert.deepEqual(refused('drain', input), ['control-plane-side']);
  assert.deepEqual(refused('drain', { cluster: unknown }), []);
});

test('the only ready control-plane node', () => {
  const own = { ...SICK, controlPlane: true };
  refusedOnly(
    'last-control-plane',
    'reboot',
    { cluster: { nodes: [own, ...PEERS], locks: [] } },
    { cluster: { nodes: [own, node('cp-2', { controlPlane: true }), ...PEERS], locks: [] } },
  );
  assert.deepEqual(refused('thaw-filesystem', { cluster: { nodes: [own, ...PEERS], locks: [] } }), []);
});

test('beyond a budget of nodes at once, as a number', () => {
  const cluster = { nodes: [SICK, node('a', { unschedulable: true }), ...PEERS.slice(1)], locks: [] };
  refusedOnly(
    'budget',
    'cordon',
    { cluster, limits: { ...DEFAULT_LIMITS, maxUnhealthy: 1 } },
    { cluster, limits: { ...DEFAULT_LIMITS, maxUnhealthy: 2 } },
  );
});

test('beyond a budget of nodes at once, as a percentage; one node may always be healed', () => {
  const cluster = { nodes: [SICK, node('a', { ready: 'False', readySince: 0 }), ...PEERS.slice(1)], locks: [] };
  refusedOnly(
    'budget',
    'drain',
    { cluster, limits: { ...DEFAULT_LIMITS, maxUnhealthy: '20%' } },
    { cluster, limits: { ...DEFAULT_LIMITS, maxUnhealthy: '34%' } },
  );
  assert.deepEqual(refused('drain', { limits: { ...DEFAULT_LIMITS, maxUnhealthy: '1%' } }), []);
});

test('twice within a cool-down', () => {
  refusedOnly(
    'cool-down',
    'thaw-filesystem',
    { earlier: [{ kind: 'thaw-filesystem', at: NOW - 10 * MINUTE }] },
    { earlier: [{ kind: 'thaw-filesystem', at: NOW - 31 * MINUTE }] },
  );
  assert.deepEqual(refused('reboot', { earlier: [{ kind: 'thaw-filesystem', at: NOW - MINUTE }] }), []);
});

test('a diagnosis older than its freshness', () => {
  refusedOnly('stale-diagnosis', 'thaw-filesystem', { now: diagnosis.examined.to + 3 * MINUTE });
});

test('a diagnosis that no longer holds', () => {
  refusedOnly('diagnosis-changed', 'reboot', { plannedFor: 'container-status-hung' });
});

test('another actor has the node: by taint, annotation, label, lease', () => {
  const taint = { value: '', effect: 'NoSchedule' } as const;
  const signs: readonly Partial<NodeFacts>[] = [
    { taints: [{ ...taint, key: 'ToBeDeletedByClusterAutoscaler' }] },
    { taints: [{ ...taint, key: 'karpenter.sh/disrupted' }] },
    { taints: [{ ...taint, key: 'medik8s.io/remediation' }] },
    { taints: [{ ...taint, key: 'remediation.medik8s.io/fence-agents-remediation' }] },
    { annotations: { 'weave.works/kured-reboot-in-progress': '2026-11-25T01:00:00Z' } },
    { annotations: { 'machineconfiguration.openshift.io/state': 'Working' } },
    { labels: { 'remediation.medik8s.io/exclude-from-remediation': 'true' } },
  ];
  for (const sign of signs)
    refusedOnly('other-actor', 'cordon', { cluster: { nodes: [{ ...SICK, ...sign }, ...PEERS], locks: [] } });
  const done = { ...SICK, annotations: { 'machineconfiguration.openshift.io/state': 'Done' } };
  assert.deepEqual(refused('cordon', { cluster: { nodes: [done, ...PEERS], locks: [] } }), []);
});

test('another actor’s lease counts until it runs out', () => {
  const lock = { what: `lease medik8s-leases/node-${NODE}`, holder: 'self-node-remediation' };
  refusedOnly(
    'other-actor',
    'thaw-filesystem',
    { cluster: { nodes: [SICK, ...PEERS], locks: [{ ...lock, until: NOW + MINUTE }] } },
    { cluster: { nodes: [SICK, ...PEERS], locks: [{ ...lock, until: NOW - MINUTE }] } },
  );
});

test('unattended, what ends pods needs sight of the other nodes; thawing does not', () => {
  refusedOnly('unseen-cluster', 'reboot', { cluster: null }, { cluster: null, unattended: false });
  assert.deepEqual(refused('thaw-filesystem', { cluster: null }), []);
});

test('giving back is never refused', () => {
  const lost = ['a', 'b', 'c'].map((n) => node(n, { ready: 'Unknown', readySince: NOW - 6 * MINUTE }));
  assert.deepEqual(refused('uncordon', { cluster: { nodes: [SICK, ...lost], locks: [] }, plannedFor: null }), []);
});

test('a plan says beforehand what would be refused, once a guard', () => {
  const taint = { key: 'karpenter.sh/disrupted', value: '', effect: 'NoSchedule' } as const;
  const cluster = { nodes: [{ ...SICK, taints: [taint] }, ...PEERS], locks: [] };
  const input = { now: NOW, node: NODE, diagnosis, cluster, earlier: [], limits: DEFAULT_LIMITS, unattended: false };
  const [told, ...rest] = foretellRefusals(plan, input);
  assert.deepEqual(rest, []);
  assert.match(told?.en ?? '', /other-actor\): thaw-filesystem, cordon, drain, reboot, reboot-2\. Karpenter has/);
});
