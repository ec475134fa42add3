import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeNode } from '../../../test/support/fake-node.ts';
import { recordedCase, withReady } from '../../../test/support/remedy.ts';
import { owedActs } from '../journal/history.ts';
import { DEFAULT_CONTEXT, type PlanContext } from '../plan/plan.ts';
import { undoAll } from './give-back.ts';
import { remediate } from './remediate.ts';

// The node and what acts on it are fakes here; test/real and test/cluster do the same on real ones.

const well = await recordedCase('cluster/healthy-pod/during');
const frozen = withReady(await recordedCase('cluster/frozen-filesystem/during'), 'False');
const hung = withReady(await recordedCase('cluster/hung-shim/during'), 'False');

const TAINT = { key: 'node-role.kubernetes.io/master', value: '', effect: 'NoSchedule' } as const;
const NO_ROOM = {
  ...DEFAULT_CONTEXT,
  takeCapacity: true,
  capacity: {
    fits: false,
    unknown: [],
    misfits: [],
    offers: [{ acts: [{ kind: 'remove-taint', node: 'cp-1', taint: TAINT } as const], means: { en: '', zh: '' } }],
  },
};

/** There is room for as long as the taint is off. */
function roomOf(node: FakeNode): () => Promise<PlanContext> {
  return async () => {
    const last = node.acts.findLast((a) => a.kind === 'remove-taint' || a.kind === 'add-taint');
    return { ...NO_ROOM, capacity: { ...NO_ROOM.capacity, fits: last?.kind === 'remove-taint' } };
  };
}

test('a thaw that frees the node is all that is done: nothing is cordoned, nothing moved', async () => {
  const node = new FakeNode(frozen, well);
  node.heals.add('thaw-filesystem');
  assert.equal(await remediate(node.deps(), 'yes'), 'back');
  assert.equal(node.done(), 'thaw-filesystem');
  assert.deepEqual(node.kept, ['before', 'after']);
  assert.deepEqual(node.journal.told(), [
    'run',
    'begin thaw-filesystem',
    'end thaw-filesystem: done',
    'look',
    'proof: true',
    'close: back',
  ]);
});

test('what does not help is followed by the next step; the node is given back after proof, the taint first', async () => {
  const node = new FakeNode(hung, well);
  node.heals.add('kill-shim');
  assert.equal(await remediate(node.deps({ contextOf: roomOf(node) }), 'yes'), 'back');
  assert.equal(node.done(), 'resume-process · cordon · remove-taint · drain · kill-shim · add-taint · uncordon');
  // What a killed shim would have told is kept before.
  assert.deepEqual(node.kept, ['before', 'before-kill-shim', 'after']);
  assert.deepEqual(owedActs(node.journal.entries, 'lab-node'), []);
});

test('with nothing wrong nothing is done', async () => {
  const node = new FakeNode(well, well);
  assert.equal(await remediate(node.deps(), 'yes'), 'nothing');
  assert.equal(node.done(), '');
});

test('every act is in the journal before it is done', async () => {
  const node = new FakeNode(frozen, well);
  node.heals.add('thaw-filesystem');
  node.journal.onWrite = (entry) => {
    if (entry.type === 'begin') throw new Error('the disk is full');
  };
  await assert.rejects(remediate(node.deps(), 'yes'), /disk is full/);
  assert.equal(node.done(), '');
});

test('killed at any moment, a rerun brings the node back and owes nothing', async () => {
  for (let killedAt = 1; ; killedAt++) {
    const node = new FakeNode(hung, well);
    node.heals.add('kill-shim');
    let writes = 0;
    node.journal.onWrite = () => {
      writes += 1;
      if (writes === killedAt) throw new Error('killed');
    };
    const deps = { contextOf: roomOf(node) };
    const first = await remediate(node.deps(deps), 'yes').catch(() => 'killed');
    if (first === 'back') break;
    node.journal.onWrite = () => undefined;
    const second = await remediate(node.deps(deps), 'yes');
    assert.ok(second === 'back' || (second === 'nothing' && killedAt > 1), `${killedAt}: ${second}`);
    assert.deepEqual(owedActs(node.journal.entries, 'lab-node'), [], `killed at write ${killedAt}`);
    assert.equal(node.unschedulable, false, `killed at write ${killedAt}`);
    const taints = node.acts.filter((a) => a.kind === 'add-taint' || a.kind === 'remove-taint');
    assert.notEqual(taints.at(-1)?.kind, 'remove-taint', `killed at write ${killedAt}`);
  }
});

test('a rerun that finds but the memory of the fault proves the node and gives it back', async () => {
  const node = new FakeNode(withReady(well, 'False'), well);
  const cordoned = { at: node.now, run: 'killed', node: 'lab-node', step: 'cordon', command: '', why: '' } as const;
  const act = { kind: 'cordon', node: 'lab-node' } as const;
  node.journal.entries.push({ ...cordoned, type: 'begin', act, undo: { ...act, kind: 'uncordon' } });
  assert.equal(await remediate(node.deps(), 'yes'), 'back');
  assert.equal(node.done(), 'uncordon');
});

test('the API server goes away before the node is given back: that is owed, and a rerun does it', async () => {
  const node = new FakeNode(hung, well);
  node.heals.add('kill-shim');
  node.outcomes.set('add-taint', 'timed-out').set('uncordon', 'timed-out');
  assert.equal(await remediate(node.deps({ contextOf: roomOf(node) }), 'yes'), 'owes');
  node.outcomes.clear();
  assert.equal(await remediate(node.deps(), 'yes'), 'back');
  assert.match(node.done(), /add-taint · uncordon$/);
  assert.deepEqual(owedActs(node.journal.entries, 'lab-node'), []);
});

test('a cordon that fails ends the run: nothing that ends pods is done on a node that takes new ones', async () => {
  const node = new FakeNode(hung, well);
  node.outcomes.set('cordon', 'timed-out');
  assert.equal(await remediate(node.deps(), 'yes'), 'stands');
  assert.equal(node.done(), 'resume-process · cordon');
});

test('unattended, a drain that is not through is not finished by a reboot', async () => {
  const node = new FakeNode(frozen, well);
  node.outcomes.set('drain', 'timed-out');
  assert.equal(await remediate(node.deps(), 'yes'), 'refused');
  assert.ok(node.journal.told().includes('refused reboot: drained'));
  assert.ok(!node.done().includes('reboot'));
});

test('unattended, pods that fit nowhere are not drained, and then not ended by a reboot', async () => {
  const node = new FakeNode(hung, well);
  const misfits = [{ pod: 'shop/cart-0', why: { en: 'no room', zh: '' } }];
  const contextOf = async () => ({ ...NO_ROOM, takeCapacity: false, capacity: { ...NO_ROOM.capacity, misfits } });
  assert.equal(await remediate(node.deps({ contextOf }), 'yes'), 'refused');
  assert.equal(node.done(), 'resume-process · cordon · kill-shim');
  const told = node.journal.told();
  assert.ok(told.includes('refused drain: pods-fit') && told.includes('refused reboot: drained'), told.join('\n'));
});

test('a step that times out is followed by the next', async () => {
  const node = new FakeNode(hung, well);
  node.outcomes.set('resume-process', 'timed-out');
  node.heals.add('kill-shim');
  assert.equal(await remediate(node.deps(), 'yes'), 'back');
  assert.match(node.done(), /^resume-process · cordon · drain · kill-shim/);
});

test('a proof that fails gives nothing back', async () => {
  const node = new FakeNode(hung, well);
  node.heals.add('kill-shim');
  node.proofs = [false];
  assert.equal(await remediate(node.deps(), 'yes'), 'stands');
  assert.ok(!node.done().includes('uncordon'));
  assert.deepEqual(owedActs(node.journal.entries, 'lab-node'), [{ kind: 'uncordon', node: 'lab-node' }]);
});

test('a refusal of a guard is in the journal, and nothing is done', async () => {
  const node = new FakeNode(frozen, well);
  const late = { limits: { maxUnhealthy: 1, coolDownMs: 60_000, freshnessMs: -1 } };
  assert.equal(await remediate(node.deps(late), 'yes'), 'refused');
  assert.equal(node.done(), '');
  assert.ok(node.journal.told().includes('refused thaw-filesystem: stale-diagnosis'));
});

test('the same fault again within the cool-down is left to a person', async () => {
  const node = new FakeNode(frozen, well);
  node.heals.add('thaw-filesystem');
  assert.equal(await remediate(node.deps(), 'yes'), 'back');
  node.healed = false;
  assert.equal(await remediate(node.deps(), 'yes'), 'refused');
  assert.ok(node.journal.told().includes('refused thaw-filesystem: cool-down'));
});

test('a person may leave a step out, or stop', async () => {
  const node = new FakeNode(hung, well);
  const asked: string[] = [];
  const answers = ['skip', 'yes', 'stop'] as const;
  const consent = async ({ id }: { readonly id: string }) => answers[asked.push(id) - 1] ?? 'stop';
  assert.equal(await remediate(node.deps({ consent, unattended: false }), 'apply'), 'interrupted');
  assert.deepEqual(asked, ['resume-process', 'cordon', 'drain']);
  assert.equal(node.done(), 'cordon');
});

test('away from the node its own steps are said to be done there', async () => {
  const node = new FakeNode(frozen, well);
  assert.equal(await remediate(node.deps({ host: null }), 'apply'), 'stands');
  assert.equal(node.done(), '');
  assert.ok(node.news.some((n) => n.type === 'stopped' && /on the node itself/.test(n.text.en)));
});

test('undo puts back what a killed run left, the taint before the node', async () => {
  const node = new FakeNode(hung, well);
  node.outcomes.set('kill-shim', 'failed');
  node.journal.onWrite = (entry) => {
    if (entry.type === 'begin' && entry.step === 'kill-shim') throw new Error('killed');
  };
  await assert.rejects(remediate(node.deps({ contextOf: roomOf(node) }), 'yes'), /killed/);
  node.journal.onWrite = () => undefined;
  node.acts.length = 0;
  assert.equal(await undoAll(node.deps()), 'undone');
  assert.equal(node.done(), 'add-taint · uncordon');
  assert.equal(await undoAll(node.deps()), 'nothing');
});
