import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseBuilder, NOW } from '../../test/support/case.ts';
import { event, fromCluster, pod } from '../../test/support/cluster-case.ts';
import { frozenFilesystem, healthyDocker, stoppedDockerd, stoppedShim } from '../../test/support/incidents.ts';
import { entityId } from '../evidence/entity.ts';
import { diagnose } from './diagnose.ts';

const triggerOf = (given: CaseBuilder) => diagnose(given.build()).verdict?.trigger ?? null;
const notesOf = (given: CaseBuilder) =>
  diagnose(given.build())
    .notes.map((n) => n.en)
    .join('\n');
const inCluster = (given: CaseBuilder, unschedulable = false) => {
  const versions = { kubeletVersion: 'v1.20.2', runtimeVersion: 'docker://20.10.24' };
  return given.fact({ type: 'node-object', name: 'node-7', unschedulable, taints: [], ...versions }, ['node:this']);
};

test('a crash-looping neighbour of the hung container is the trigger, by the runtime', () => {
  const trigger = triggerOf(stoppedShim());
  assert.equal(trigger?.kind, 'crash-loop');
  assert.match(trigger?.text.en ?? '', /prod\/web-0\/crash .* crash-loops/);
  assert.deepEqual(
    trigger?.subjects.map((s) => s.attrs.pod),
    ['web-0'],
  );
});

test('a neighbour that was restarted and failed is one too: while the relist hangs nobody starts it again', () => {
  const it = () =>
    healthyDocker()
      .container('hung', { pid: 3100, pod: 'web-0', status: 'timeout' })
      .shim(3000, 'hung', { state: 'T' })
      .container('crash', { state: 'exited', pod: 'web-0' });
  const crash = it()
    .build()
    .observations.findLast((o) => o.fact.type === 'container' && o.fact.name === 'crash');
  assert.ok(crash?.fact.type === 'container' && crash.fact.kubernetes);
  const { kubernetes } = crash.fact;
  assert.equal(triggerOf(it().fact({ ...crash.fact, exitCode: 0 }, crash.about)), null);
  const failed = { ...crash.fact, exitCode: 1, kubernetes: { ...kubernetes, attempt: 1 } };
  assert.equal(triggerOf(it().fact(failed, crash.about))?.kind, 'crash-loop');
});

test('each attempt of it is a container of its own, and it is named once, by the last', () => {
  const crash = stoppedShim()
    .build()
    .observations.findLast((o) => o.fact.type === 'container' && o.fact.name === 'crash')?.fact;
  assert.ok(crash?.type === 'container' && crash.kubernetes);
  const own = crash.kubernetes;
  const tried = stoppedShim();
  for (const attempt of [8, 10, 9]) {
    tried.fact({ ...crash, kubernetes: { ...own, attempt } }, [entityId.container(`attempt-${attempt}`)]);
  }
  const trigger = triggerOf(tried);
  assert.deepEqual(
    trigger?.subjects.map((s) => s.id),
    [entityId.container('attempt-10')],
  );
  assert.equal(trigger?.text.en.match(/prod\/web-0\/crash/g)?.length, 1);
});

test('and by the API server where the runtime does not tell', () => {
  const hung = healthyDocker()
    .container('hung', { pid: 3100, pod: 'web-0', status: 'timeout' })
    .shim(3000, 'hung', { state: 'T' });
  const waiting = [{ container: 'crash', reason: 'CrashLoopBackOff', message: '' }];
  assert.equal(triggerOf(pod(hung, 'web-0', { waiting }))?.kind, 'crash-loop');
});

test('a pod that the API server has forgotten while its container cannot end was deleted by force', () => {
  assert.equal(triggerOf(inCluster(frozenFilesystem()))?.kind, 'forced-deletion');
  assert.equal(triggerOf(pod(inCluster(frozenFilesystem()), 'prometheus-0')), null);
  assert.equal(triggerOf(inCluster(frozenFilesystem()).gap('node-pods')), null, 'not looked at is not gone');
  assert.equal(
    triggerOf(
      pod(inCluster(frozenFilesystem()), 'prometheus-0', { deletionRequestedAt: NOW - 60_000, gracePeriodSeconds: 0 }),
    )?.kind,
    'forced-deletion',
  );
});

test('on a cordoned node, a pod that cannot end is met by the drain', () => {
  const leaving = { deletionRequestedAt: NOW - 60_000, gracePeriodSeconds: 30 };
  assert.equal(triggerOf(pod(inCluster(frozenFilesystem(), true), 'prometheus-0', leaving))?.kind, 'drain');
});

test('a fault of the whole runtime needs no trigger', () => {
  assert.equal(triggerOf(stoppedDockerd()), null);
});

const ready = (unschedulable = false) => fromCluster(unschedulable).ready('True', 0, { by: 'node-object' });

for (const [what, given, note] of [
  [
    'image pulls that fail',
    pod(ready(), 'web-0', { waiting: [{ container: 'app', reason: 'ImagePullBackOff', message: '' }] }),
    /Images cannot be pulled.*does not touch Ready: prod\/web-0\/app/,
  ],
  [
    'a crash loop',
    pod(ready(), 'web-0', { waiting: [{ container: 'app', reason: 'CrashLoopBackOff', message: '' }] }),
    /Crash-looping, which alone does not take Ready away: prod\/web-0\/app/,
  ],
  ['a cordoned node', ready(true), /cordoned \(SchedulingDisabled\)/],
  [
    'a drain in progress',
    pod(event(ready(true), 'NodeNotSchedulable'), 'web-0', { deletionRequestedAt: NOW - 5000, gracePeriodSeconds: 30 }),
    /being drained; still ending: prod\/web-0/,
  ],
] as const) {
  test(`no fault of the node, and said so: ${what}`, () => {
    assert.equal(diagnose(given.build()).verdict, null);
    assert.match(notesOf(given), note);
  });
}
