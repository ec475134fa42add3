import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseBuilder, DOCKER } from '../../test/support/case.ts';
import { cniCall } from '../../test/support/cluster-case.ts';
import { healthyDocker } from '../../test/support/incidents.ts';
import { diagnose } from '../diagnose/diagnose.ts';

const found = (given: CaseBuilder) => diagnose(given.build());
const chainOf = (given: CaseBuilder) => found(given).chain.map((l) => l.state);

test('a plugin that is 45 s at work: with its pod, its sandbox and its process', () => {
  const { verdict, remedies } = found(cniCall(healthyDocker(), 45_000));
  assert.deepEqual([verdict?.cause, verdict?.status], ['cni-hung', 'confirmed']);
  assert.equal(
    verdict?.summary.en,
    'The CNI plugin calico (pid 4000) has been at DEL for 45s for pod prod/web-0 and does not end.',
  );
  assert.deepEqual(
    verdict?.subjects.map((s) => s.kind),
    ['process', 'container', 'process'],
  );
  assert.equal(remedies[0]?.command, 'kill 4000');
});

test('twelve seconds are likely a hang, together with a line of the log that is sure; five are work', () => {
  assert.equal(found(cniCall(healthyDocker(), 12_000)).verdict?.status, 'likely');
  assert.equal(found(cniCall(healthyDocker(), 12_000).logged('cni-failed', 5000)).verdict?.status, 'confirmed');
  assert.equal(found(cniCall(healthyDocker(), 5000)).verdict, null);
});

test('what a plugin starts has its environment: the call is told once', () => {
  const { verdict } = found(cniCall(cniCall(healthyDocker(), 45_000), 44_000, { pid: 4001, plugin: 'sleep' }));
  assert.match(verdict?.summary.en ?? '', /calico \(pid 4000\).* does not end\.$/);
});

test('a teardown that hangs under dockershim holds up the relist; a setup, and any call elsewhere, does not', () => {
  const dockershim = (command: string) =>
    cniCall(healthyDocker(), 45_000, { command }).kubelet('v1.20.2', null, { runtimeEndpoint: DOCKER });
  assert.deepEqual(chainOf(dockershim('DEL')), ['cni-hung', 'relist-slow', 'pleg-unhealthy', 'node-not-ready']);
  assert.deepEqual(chainOf(dockershim('ADD')), ['cni-hung', 'pods-cannot-start']);
  assert.deepEqual(chainOf(cniCall(healthyDocker(), 45_000).kubelet('v1.30.1')), ['cni-hung', 'pods-cannot-start']);
});

test('a teardown of seconds is the cause where the status of its very sandbox does not come meanwhile', () => {
  const held = (name: string) => cniCall(healthyDocker().container(name, { status: 'timeout' }), 12_000);
  assert.deepEqual(
    [found(held('sandbox')).verdict?.cause, found(held('sandbox')).verdict?.status],
    ['cni-hung', 'confirmed'],
  );
  assert.equal(chainOf(held('sandbox'))[1], 'container-status-hung');
  assert.equal(found(held('another')).verdict?.cause, 'container-status-hung');
});
