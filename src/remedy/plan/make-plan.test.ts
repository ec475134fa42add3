import assert from 'node:assert/strict';
import { test } from 'node:test';
import { order, planFrom, planOf, recordedCase, withReady } from '../../../test/support/remedy.ts';
import { CAUSES } from '../../causes/index.ts';
import { CaseView } from '../../evidence/view.ts';
import { ACT_KINDS } from '../act-kinds.ts';
import { actsOf, DOABLE } from './act-of.ts';

test('a frozen filesystem on a node that is NotReady: thaw, then cordon and drain, then a reboot, then give it back', async () => {
  const caseFile = withReady(await recordedCase('cluster/frozen-filesystem/during'), 'False');
  const plan = planFrom(caseFile);
  assert.equal(order(plan), 'thaw-filesystem · cordon · drain · reboot · reboot-2 · uncordon');
  const [thaw] = plan.steps;
  assert.match(thaw?.command ?? '', /^fsfreeze -u \//);
  assert.equal(thaw?.destroysEvidence, false);
  assert.equal(thaw?.prediction.outcome, 'works');
  assert.ok(plan.notes.some((n) => /disturbs no container/.test(n.en)));
});

test('nobody is told to try what cannot work', async () => {
  const { futile, steps } = await planOf('frozen-filesystem');
  assert.deepEqual(
    futile.map((f) => f.action),
    ['kill-process', 'kill-shim', 'run-with-init', 'remove-container', 'restart-runtime'],
  );
  assert.match(futile[0]?.why.en ?? '', /takes no signal/);
  assert.ok(!steps.some((s) => ['end-process', 'kill-shim', 'restart-service'].includes(s.act.kind)));
});

test('with thawing forbidden only a reboot is left, and it says why', async () => {
  const plan = await planOf('cluster/frozen-filesystem/during', { forbidden: ['thaw-filesystem'] });
  assert.equal(order(plan), 'cordon · drain · reboot · reboot-2 · uncordon');
  assert.ok(plan.notes.some((n) => /Forbidden here: Thaw/.test(n.en)));
  assert.ok(plan.notes.some((n) => /only a reboot is left/.test(n.en)));
});

test('a stopped shim is resumed by its pid and start time before it is killed', async () => {
  const { steps } = await planOf('cluster/hung-shim/during');
  const [resume] = steps;
  assert.equal(resume?.act.kind, 'resume-process');
  assert.ok(resume?.act.kind === 'resume-process' && resume.act.process.startTicks > 0);
  assert.ok(resume?.requires.some((r) => r.id === 'same-process'));
  assert.ok(steps.findIndex((s) => s.id === 'kill-shim') > steps.findIndex((s) => s.id === 'cordon'));
});

test('a node that is Ready keeps its pods until a step would end them all', async () => {
  const ready = planFrom(withReady(await recordedCase('cluster/hung-shim/during'), 'True'));
  assert.equal(order(ready), 'resume-process · cordon · kill-shim · drain · reboot · reboot-2 · uncordon');
  const lost = planFrom(withReady(await recordedCase('cluster/hung-shim/during'), 'False'));
  assert.equal(order(lost), 'resume-process · cordon · drain · kill-shim · reboot · reboot-2 · uncordon');
});

test('restarting dockerd without live-restore ends every container: after the drain; containerd does not', async () => {
  const docker = await planOf('cluster/stopped-dockerd/during');
  assert.equal(order(docker), 'resume-process · cordon · drain · restart-service · reboot · reboot-2 · uncordon');
  const containerd = await planOf('cluster/cri-stopped-containerd/during');
  assert.match(order(containerd), /^resume-process · restart-service · cordon/);
});

test('what sits at the control plane moves no pod', async () => {
  for (const name of ['api-server-stopped', 'expired-certificate', 'kubelet-cut-off']) {
    const plan = await planOf(`cluster/${name}/during`);
    assert.equal(order(plan), '', name);
    assert.ok(plan.byHand.length > 0, name);
    assert.ok(plan.futile.length > 0, name);
  }
});

test('a healthy node has nothing to do', async () => {
  const plan = await planOf('cluster/healthy-pod/during');
  assert.equal(plan.cause, null);
  assert.deepEqual(plan.steps, []);
});

test('what an earlier run owes is put back although nothing is wrong any more, the node last', async () => {
  const taint = { key: 'node-role.kubernetes.io/master', value: '', effect: 'NoSchedule' } as const;
  const plan = await planOf('cluster/healthy-pod/during', {
    owed: [
      { kind: 'uncordon', node: 'lab-node' },
      { kind: 'add-taint', node: 'cp-1', taint },
    ],
  });
  assert.equal(order(plan), 'add-taint · uncordon');
  assert.ok(plan.steps.every((s) => s.phase === 'return'));
  assert.equal(plan.steps[0]?.command, 'kubectl taint nodes cp-1 node-role.kubernetes.io/master:NoSchedule');
});

test('a cordon that an earlier run began and the node does not show is done again, and taken back once', async () => {
  const plan = await planOf('cluster/hung-shim/during', {
    forbidden: ['resume-process', 'reboot', 'restart-service'],
    owed: [{ kind: 'uncordon', node: 'lab-node' }],
  });
  assert.equal(order(plan), 'cordon · kill-shim · uncordon');
});

test('a node that somebody else cordoned is not uncordoned', async () => {
  const caseFile = await recordedCase('cluster/frozen-filesystem/during');
  const observations = caseFile.observations.map((o) => {
    const fact = o.fact as { readonly type: string };
    return fact.type === 'node-object' ? { ...o, fact: { ...o.fact, unschedulable: true } } : o;
  });
  const plan = planFrom({ ...caseFile, observations: observations as typeof caseFile.observations });
  assert.equal(order(plan), 'thaw-filesystem · drain · reboot · reboot-2');
  assert.ok(plan.notes.some((n) => /by somebody else/.test(n.en)));
});

test('pods that fit nowhere are named, and spare capacity is taken for a time where asked', async () => {
  const taint = { key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' } as const;
  const capacity = {
    fits: false,
    unknown: [],
    misfits: [{ pod: 'shop/cart-0', why: { en: 'needs 4 CPUs', zh: '需要 4 核' } }],
    offers: [
      { acts: [{ kind: 'remove-taint', node: 'cp-1', taint } as const], means: { en: 'use cp-1', zh: '使用 cp-1' } },
    ],
  };
  const told = await planOf('cluster/frozen-filesystem/during', { capacity });
  assert.ok(told.notes.some((n) => /shop\/cart-0 fits on no other node: needs 4 CPUs/.test(n.en)));
  assert.ok(told.notes.some((n) => /use cp-1/.test(n.en)));
  const taken = await planOf('cluster/frozen-filesystem/during', { capacity, takeCapacity: true });
  assert.equal(
    order(taken),
    'thaw-filesystem · cordon · remove-taint · drain · reboot · reboot-2 · add-taint · uncordon',
  );
});

test('what was tried is not planned again, what was skipped neither, and ids stay', async () => {
  const all = await planOf('cluster/hung-shim/during');
  const [resume] = all.steps;
  assert.ok(resume);
  const tried = await planOf('cluster/hung-shim/during', { tried: [resume.act], skipped: ['reboot'] });
  assert.ok(!tried.steps.some((s) => s.id === 'resume-process' || s.id === 'reboot'));
  assert.ok(tried.steps.some((s) => s.id === 'reboot-2'));
});

test('a process whose start time is not in the case is left to people', async () => {
  const caseFile = await recordedCase('cluster/hung-shim/during');
  const observations = caseFile.observations.filter((o) => (o.fact as { type: string }).type !== 'process');
  const plan = planFrom({ ...caseFile, observations });
  assert.ok(!plan.steps.some((s) => s.act.kind === 'resume-process'));
  assert.ok(plan.byHand.some((h) => /start time/.test(h.leftBecause.en)));
});

test('every action that a cause has is either done or left to people with a reason', async () => {
  const view = new CaseView(await recordedCase('healthy'));
  const remedies = CAUSES.flatMap((c) => c.generalRemedies).filter((r) => r.works);
  for (const remedy of remedies) {
    const mapped = actsOf(view, remedy);
    if ('leftBecause' in mapped) assert.notEqual(mapped.leftBecause.zh, '');
    else for (const act of mapped.acts) assert.ok(ACT_KINDS.includes(act.kind));
  }
  const known = new Set(CAUSES.flatMap((c) => c.generalRemedies).map((r) => r.action));
  // Only a kubelet that was seen stopped is resumed: in general there is none to name.
  assert.deepEqual(
    DOABLE.filter((action) => !known.has(action)),
    ['resume-kubelet'],
  );
});
