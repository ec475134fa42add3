import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseKubeletPleg } from './kubelet-log.ts';

const NOW = new Date(2026, 10, 25, 12).getTime();
const LOG = `I1125 10:00:01.500000    77 generic.go:155] GenericPLEG: u1/c1: non-existent -> running
I1125 10:00:01.600000    77 kubelet.go:1926] SyncLoop (PLEG): "web_default(u1)", event: &pleg.PodLifecycleEvent{ID:"u1", Type:"ContainerStarted", Data:"c1"}
I1125 10:00:05.000000    77 kubelet.go:1930] SyncLoop (PLEG): ignore irrelevant event: &pleg.PodLifecycleEvent{ID:"u1", Type:"ContainerDied", Data:"c1"}
I1125 10:00:06.000000    77 generic.go:155] GenericPLEG: u1/c1: exited -> non-existent
E1125 10:03:00.000000    77 kubelet.go:1826] skipping pod synchronization - [container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]
E1125 10:05:00.250000    77 kubelet.go:1826] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m0.05s ago; threshold is 3m0s
E1125 10:05:01.250000    77 kubelet.go:1826] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m1.05s ago; threshold is 3m0s
`;

test('events, removals and the first skip for the PLEG alone are read off the log', () => {
  const { events, unhealthy } = parseKubeletPleg(LOG, NOW);
  assert.deepEqual(
    events.map((e) => `${e.type} ${e.podUid}/${e.containerId}`),
    ['ContainerStarted u1/c1', 'ContainerDied u1/c1', 'ContainerRemoved u1/c1'],
  );
  assert.equal(new Date(unhealthy?.at ?? 0).toTimeString().slice(0, 8), '10:05:00');
  assert.match(unhealthy?.message ?? '', /active 3m0\.05s ago/);
});

test('what vanished while it ran died first, though its death is logged later', () => {
  const log = `I1125 10:00:06.000000    77 generic.go:155] GenericPLEG: u1/c1: running -> non-existent
I1125 10:00:06.100000    77 kubelet.go:1930] SyncLoop (PLEG): ignore irrelevant event: &pleg.PodLifecycleEvent{ID:"u1", Type:"ContainerDied", Data:"c1"}
`;
  assert.deepEqual(
    parseKubeletPleg(log, NOW).events.map((e) => e.type),
    ['ContainerDied', 'ContainerRemoved'],
  );
});
