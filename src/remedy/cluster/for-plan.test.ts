import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, node, pod } from '../../../test/support/remedy/samples.ts';
import { capacityWithout } from './capacity/index.ts';
import { guardView, planView } from './for-plan.ts';

test('a plan is told of each pod without a place why, and of what to open in the order of opening', () => {
  const cordoned = { spec: { unschedulable: true } };
  const nodes = [node('worker-1'), node('worker-2', cordoned), node('worker-3', { allocatable: { cpu: '500m' } })];
  const { fits, misfits, offers } = planView(capacityWithout(context({ nodes, pods: [pod('a')] }), 'worker-1'));
  assert.equal(fits, false);
  assert.deepEqual(
    misfits.map((m) => [m.pod, m.why.en]),
    [['shop/a', '1 node is cordoned, 1 node has too little cpu left']],
  );
  assert.deepEqual(
    offers.map((o) => o.act),
    [{ kind: 'uncordon', node: 'worker-2' }],
  );
});

test('guards see nothing rather than a part of the nodes', () => {
  const nodes = [node('worker-1', { ready: 'Unknown' })];
  assert.equal(guardView(context({ nodes }))?.nodes[0]?.ready, 'Unknown');
  const missing = [{ part: 'nodes', right: 'list nodes', why: 'budget', detail: 'more than 5000' }] as const;
  assert.equal(guardView(context({ nodes, missing })), null);
});
