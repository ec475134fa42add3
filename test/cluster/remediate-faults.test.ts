import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { type Cluster, untilReady } from '../../lab/cluster/cluster.ts';
import { hangOneOfThree } from '../../lab/cluster/scenarios/hung-shim.ts';
import { stopProcess } from '../../lab/faults/stop-process.ts';
import type { Lab } from '../../lab/lab.ts';
import { until } from '../../lab/wait.ts';
import type { RunJson } from '../../src/report/plan/run-schema.ts';
import { realTest } from '../support/real.ts';
import { begun, killRemediate, policy, remediate, untilLogged } from '../support/remediate-cli.ts';
import { runBusiness } from '../support/remedy/business.ts';
import { type NodeObject, openRoom, ROOM_NEEDS, type Room, SPARE, TAINT } from '../support/remedy/room.ts';

// What may happen to a run itself: it is killed, the API server goes away in its middle, a step times out, the runtime
// hangs again. The kubelet, API server, scheduler and dockerd are real; the node with room is an object alone.

const RUN_MS = 150_000;
const TIMEOUT_MS = 300_000;

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

/** What remediation changes for a time: whether the sick node takes pods, and whether the spare one keeps them off. */
async function changed(): Promise<{ readonly cordoned: boolean; readonly tainted: boolean }> {
  const [sick, spare] = await Promise.all([node(cluster.node), node(SPARE)]);
  return {
    cordoned: sick.spec.unschedulable ?? false,
    tainted: spare.spec.taints?.some(({ key }) => key === TAINT.key) ?? false,
  };
}

const AS_BEFORE = { cordoned: false, tainted: true };

interface Ran {
  readonly code: number | null;
  readonly json: RunJson;
  /** For a failed assertion. */
  readonly told: string;
}

const args = (): string[] => [cluster.node, '--kubeconfig', cluster.kubectl.kubeconfig];

async function ran(flags: readonly string[], more: readonly string[] = []): Promise<Ran> {
  const { endpoint } = cluster.runtime;
  const { code, json } = await remediate<RunJson>(lab, [endpoint], [...args(), ...flags, ...more], RUN_MS);
  return { code, json, told: JSON.stringify(json, null, 1) };
}

/** The same, killed as soon as its audit log says so. */
function killed(flags: readonly string[], when: (journal: string) => boolean): Promise<void> {
  return killRemediate(lab, [cluster.runtime.endpoint], [...args(), ...flags], when);
}

/** The same, with something done to it in its middle. */
async function disturbed(
  flags: readonly string[],
  when: (journal: string) => boolean,
  disturb: () => Promise<unknown>,
): Promise<Ran> {
  const disturbing = untilLogged(lab, when).then(disturb);
  const [done] = await Promise.all([ran(flags), disturbing]);
  return done;
}

/** `cordon: done`, `drain: timed-out` ... */
function ends({ entries }: RunJson): readonly string[] {
  return entries.filter((e) => e.type === 'end').map((e) => `${e.step}: ${e.status}`);
}

const stopApiServer = (): Promise<() => void> => stopProcess(lab.workspace, cluster.controlPlane.apiServer.id);

/** Nobody could renew a lease meanwhile. */
async function untilAllReady(): Promise<void> {
  await untilReady(cluster);
  await until({ en: 'the spare node to be Ready', zh: '备用节点 Ready' }, async () => {
    const { status } = await node(SPARE);
    return status.conditions.some((c) => c.type === 'Ready' && c.status === 'True');
  });
}

/** A test on a node that is healed by the lab afterwards, whatever came of it. */
function faultTest(name: string, body: () => Promise<void>): void {
  const healed = async (): Promise<void> => {
    const mark = lab.workspace.journal.mark();
    try {
      await body();
    } finally {
      const failures = lab.undoSince(mark);
      await cluster.kubectl.run(['delete', 'deployments,pods', '--all', '--force', '--grace-period=0', '--wait=false']);
      await ran(policy(lab, ['cordon'], ''), ['--undo']);
      await untilAllReady();
      assert.deepEqual(failures, []);
    }
  };
  realTest(`cluster: ${name}`, ROOM_NEEDS, healed, TIMEOUT_MS);
}

const CORDON_DONE = '"step":"cordon","status":"done"';
const begins = (step: string) => (log: string) => log.includes(`"type":"begin","step":"${step}"`);

faultTest(
  'dockerd hangs again after it was resumed: nothing is given back, nor the same done over and over',
  async () => {
    const mark = lab.workspace.journal.mark();
    await hangOneOfThree(cluster, lab);
    await killed(policy(lab, ['cordon', 'kill-shim'], ''), (log) => log.includes(CORDON_DONE));
    assert.deepEqual(lab.undoSince(mark), []);

    const { daemon } = await lab.dockerd();
    const hang = (): Promise<() => void> => stopProcess(lab.workspace, daemon.id);
    await hang();
    const isBetter = (log: string): boolean => /"type":"look","cause":(?!"runtime-unresponsive")/.test(log);
    const again = await disturbed(
      policy(lab, ['resume-process'], 'proof: { relists: 3, timeout: 12s }'),
      isBetter,
      hang,
    );
    assert.deepEqual([again.code, again.json.result], [1, 'stands'], again.told);
    assert.deepEqual(ends(again.json), ['resume-process: done'], again.told);
    assert.deepEqual(
      again.json.entries.filter((e) => e.type === 'proof').map((e) => e.ok),
      [false],
      again.told,
    );
    assert.deepEqual(await changed(), { cordoned: true, tainted: true });

    const soon = await ran(policy(lab, ['resume-process'], 'coolDown: 30m'));
    assert.deepEqual([soon.code, soon.json.result, begun(soon.json)], [1, 'refused', []], soon.told);
    assert.ok(
      soon.json.entries.some((e) => e.type === 'refused' && e.guard === 'cool-down'),
      soon.told,
    );

    assert.deepEqual(lab.undoSince(mark), []);
    const last = await ran(policy(lab, ['resume-process'], ''));
    assert.deepEqual([last.code, last.json.result, begun(last.json)], [0, 'back', ['uncordon']], last.told);
    assert.deepEqual(await changed(), AS_BEFORE);
  },
);

faultTest(
  'killed in its steps, or out of time for the drain: a rerun undoes, or goes on and owes nothing',
  async () => {
    await runBusiness(cluster);
    await stopProcess(lab.workspace, cluster.kubelet.daemon.id);
    await untilReady(cluster, 'Unknown');
    const relief = ['cordon', 'remove-taint', 'drain'];
    const more = 'takeCapacity: true\ndrain: { timeout: 5s }';

    await killed(policy(lab, relief, more), begins('remove-taint'));
    assert.equal((await changed()).cordoned, true);
    const undone = await ran(policy(lab, relief, more), ['--undo']);
    assert.deepEqual([undone.code, undone.json.result], [0, 'undone'], undone.told);
    assert.deepEqual(begun(undone.json), ['add-taint', 'uncordon'], undone.told);
    assert.deepEqual(await changed(), AS_BEFORE);

    // A stopped kubelet ends no pod.
    const late = await ran(policy(lab, relief, more));
    assert.deepEqual([late.code, late.json.result], [1, 'stands'], late.told);
    assert.deepEqual(ends(late.json), ['cordon: done', 'remove-taint: done', 'drain: timed-out'], late.told);
    assert.deepEqual(await changed(), { cordoned: true, tainted: false });

    await killed(policy(lab, ['resume-process', ...relief], more), begins('resume-process'));
    assert.deepEqual(await changed(), { cordoned: true, tainted: false });
    const last = await ran(policy(lab, ['resume-process', ...relief], more));
    assert.deepEqual([last.code, last.json.result], [0, 'back'], last.told);
    assert.deepEqual(begun(last.json).slice(-2), ['add-taint', 'uncordon'], last.told);
    assert.deepEqual(await changed(), AS_BEFORE);
  },
);

faultTest(
  'the API server goes away, before the cordon and after the last step: each run ends, a rerun goes on',
  async () => {
    await hangOneOfThree(cluster, lab);
    const flags = policy(lab, ['cordon', 'kill-shim'], '');
    const mark = lab.workspace.journal.mark();
    const away = async (): Promise<unknown> => stopApiServer();

    const first = await disturbed(flags, (log) => log.includes('"type":"run"'), away);
    assert.deepEqual([first.code, first.json.result], [1, 'stands'], first.told);
    assert.deepEqual(ends(first.json), ['cordon: timed-out'], first.told);
    assert.deepEqual(lab.undoSince(mark), []);
    await untilAllReady();

    // What timed out is owed, but not taken for done.
    const second = await disturbed(flags, begins('kill-shim'), away);
    assert.equal(second.code, 1, second.told);
    assert.deepEqual(ends(second.json), ['cordon: done', 'kill-shim: done'], second.told);
    assert.deepEqual(lab.undoSince(mark), []);
    await untilAllReady();
    assert.deepEqual(await changed(), { cordoned: true, tainted: true });

    const last = await ran(flags);
    assert.deepEqual([last.code, last.json.result, begun(last.json)], [0, 'back', ['uncordon']], last.told);
    assert.deepEqual(await changed(), AS_BEFORE);
  },
);
