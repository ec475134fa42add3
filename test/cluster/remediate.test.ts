import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { findBinaries } from '../../lab/cluster/binaries.ts';
import { type Cluster, startCluster } from '../../lab/cluster/cluster.ts';
import { hangOneOfThree } from '../../lab/cluster/scenarios/hung-shim.ts';
import { BRISK } from '../../lab/cluster/timing.ts';
import { Lab } from '../../lab/lab.ts';
import type { Need } from '../../lab/scenario.ts';
import type { RunJson } from '../../src/report/plan/run-schema.ts';
import { realTest, whyNotReal } from '../support/real.ts';
import { begun, killRemediate, policyFlags, remediate } from '../support/remediate-cli.ts';

// A real kubelet, API server and dockerd: one container of three hangs behind its stopped shim.

const NEEDS: readonly Need[] = ['docker', 'loop', 'cgroups', 'cluster'];
const TIMEOUT_MS = 300_000;
/** What the operators of the incident would have given for it. */
const IN_TIME_MS = 180_000;

let lab: Lab;
let cluster: Cluster;

before(async () => {
  const binaries = findBinaries();
  if (whyNotReal(NEEDS) !== null || binaries === null) return;
  lab = new Lab();
  cluster = await startCluster(lab, binaries, { runtime: 'docker', timing: BRISK });
});

after(async () => {
  if (lab !== undefined) assert.deepEqual(await lab.close(), []);
});

async function onHungNode(allow: readonly string[]): Promise<RunJson> {
  const mark = lab.workspace.journal.mark();
  try {
    const { endpoints } = await hangOneOfThree(cluster, lab);
    const args = [cluster.node, '--kubeconfig', cluster.kubectl.kubeconfig, ...policyFlags(lab, ...allow)];
    const { code, json } = await remediate<RunJson>(lab, endpoints, args, IN_TIME_MS);
    assert.equal(json.result, 'back', JSON.stringify(json.entries, null, 1));
    assert.equal(code, 0);
    return json;
  } finally {
    await cluster.kubectl.run(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=false']);
    assert.deepEqual(lab.undoSince(mark), []);
  }
}

realTest(
  'cluster: killed after the cordon, a rerun brings the node back and uncordons it',
  NEEDS,
  async () => {
    const mark = lab.workspace.journal.mark();
    try {
      const { endpoints } = await hangOneOfThree(cluster, lab);
      const args = [
        cluster.node,
        '--kubeconfig',
        cluster.kubectl.kubeconfig,
        ...policyFlags(lab, 'cordon', 'kill-shim'),
      ];
      await killRemediate(lab, endpoints, args, (entries) => entries.includes('"step":"cordon","status":"done"'));
      assert.equal(await unschedulable(), true);
      const { json } = await remediate<RunJson>(lab, endpoints, args, IN_TIME_MS);
      assert.equal(json.result, 'back', JSON.stringify(json.entries, null, 1));
      assert.equal(await unschedulable(), false);
    } finally {
      await cluster.kubectl.run(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=false']);
      assert.deepEqual(lab.undoSince(mark), []);
    }
  },
  TIMEOUT_MS,
);

async function unschedulable(): Promise<boolean> {
  const node = await cluster.kubectl.get<{ spec: { unschedulable?: boolean } }>('node', cluster.node);
  return node.spec.unschedulable ?? false;
}

realTest(
  'cluster: the stopped shim runs on, and that alone brings the node back: no pod is moved',
  NEEDS,
  async () => {
    assert.deepEqual(begun(await onHungNode(['resume-process', 'cordon', 'drain', 'kill-shim'])), ['resume-process']);
    assert.equal(await unschedulable(), false);
  },
  TIMEOUT_MS,
);

realTest(
  'cluster: where resuming is not allowed, the node is cordoned, the one shim killed, and the node given back',
  NEEDS,
  async () => {
    const json = await onHungNode(['cordon', 'kill-shim']);
    assert.deepEqual(begun(json), ['cordon', 'kill-shim', 'uncordon']);
    assert.equal(await unschedulable(), false);
    const events = await cluster.kubectl.do('get', 'events', '-o', 'jsonpath={.items[*].reason}');
    for (const reason of ['CordonDone', 'KillShimDone', 'UncordonDone']) assert.ok(events.includes(reason), events);
  },
  TIMEOUT_MS,
);
