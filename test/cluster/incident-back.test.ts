import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Cluster } from '../../lab/cluster/cluster.ts';
import { hangOneOfThree } from '../../lab/cluster/scenarios/hung-shim.ts';
import type { Lab } from '../../lab/lab.ts';
import { until } from '../../lab/wait.ts';
import type { RunJson } from '../../src/report/plan/run-schema.ts';
import { realTest } from '../support/real.ts';
import { begun, policy, remediate } from '../support/remediate-cli.ts';
import { businessPods, runBusiness } from '../support/remedy/business.ts';
import { type NodeObject, openRoom, ROOM_NEEDS, type Room, SPARE, TAINT } from '../support/remedy/room.ts';

// The incident with its operators' own means: the node is NotReady, nothing else has room but a control-plane node
// behind its taint, the drain hangs on the hung container. The kubelet, API server, scheduler and dockerd are real; the
// control-plane node is an object alone, without a kubelet.

/** The threshold of 3 minutes, the way there, and a status every 10 s. */
const LOSES_READY_MS = 330_000;
const IN_TIME_MS = 180_000;

let room: Room | null = null;
let lab: Lab;
let cluster: Cluster;

before(async () => {
  room = await openRoom();
  if (room !== null) ({ lab, cluster } = room);
});

after(async () => {
  if (room !== null) assert.deepEqual(await room.close(), []);
});

function node(name: string): Promise<NodeObject> {
  assert.ok(room !== null);
  return room.node(name);
}
const readyOf = ({ status }: NodeObject): string | undefined =>
  status.conditions.find((c) => c.type === 'Ready')?.status;

realTest(
  'cluster: the incident is over in three minutes: room made, node emptied, the one shim killed, all of it put back',
  ROOM_NEEDS,
  async () => {
    const mark = lab.workspace.journal.mark();
    await runBusiness(cluster);
    const { endpoints } = await hangOneOfThree(cluster, lab);
    const lost = { en: 'Ready to be lost', zh: '失去 Ready' };
    await until(lost, async () => readyOf(await node(cluster.node)) === 'False', LOSES_READY_MS, 1000);

    // A shim that has locked itself up cannot be resumed: that way is not allowed here.
    const allowed = ['cordon', 'remove-taint', 'drain', 'kill-shim'];
    const more = 'takeCapacity: true\ndrain: { unmanaged: true, timeout: 25s }\n';
    const flags = policy(lab, allowed, more);
    const args = [cluster.node, '--kubeconfig', cluster.kubectl.kubeconfig, ...flags];
    const startedAt = Date.now();
    const { code, json } = await remediate<RunJson>(lab, endpoints, args, IN_TIME_MS);
    const tookMs = Date.now() - startedAt;
    const told = JSON.stringify(json, null, 1);
    assert.deepEqual([code, json.result], [0, 'back'], told);
    assert.ok(tookMs < IN_TIME_MS, told);
    assert.deepEqual(begun(json), ['cordon', 'remove-taint', 'drain', 'kill-shim', 'add-taint', 'uncordon'], told);

    const [sick, spare, { items }] = await Promise.all([node(cluster.node), node(SPARE), businessPods(cluster)]);
    assert.deepEqual([readyOf(sick), sick.spec.unschedulable ?? false], ['True', false]);
    assert.deepEqual(
      spare.spec.taints?.map(({ key, effect }) => ({ key, effect })),
      [TAINT],
    );
    const living = items.filter((p) => p.metadata.deletionTimestamp === undefined);
    assert.deepEqual(
      living.map((p) => p.spec.nodeName),
      [SPARE, SPARE],
    );
    assert.deepEqual(lab.undoSince(mark), []);
  },
  LOSES_READY_MS + IN_TIME_MS + 120_000,
);
