import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupsOf } from './groups.ts';
import { CLUSTER_SCENARIOS } from './scenarios/index.ts';

test('scenarios of one runtime and pace share a cluster, in their order; one that must be alone has its own', () => {
  const groups = groupsOf(CLUSTER_SCENARIOS);
  assert.deepEqual(new Set(groups.flat()), new Set(CLUSTER_SCENARIOS));
  for (const group of groups) {
    const [first] = group;
    assert.ok(first);
    assert.ok(group.every((s) => s.runtime === first.runtime && s.timing === first.timing));
    assert.ok(group.length === 1 || group.every((s) => s.alone !== true), group.map((s) => s.name).join(' '));
    const order = group.map((s) => CLUSTER_SCENARIOS.indexOf(s));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
  }
});
