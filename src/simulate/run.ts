import { NodeModel } from '../pleg/node/node-model.ts';
import type { ReadyChange } from '../pleg/node/ready-condition.ts';
import type { RelistRecord } from '../pleg/relist-record.ts';
import { VirtualClock } from '../pleg/virtual-clock.ts';
import { limitsOf } from './limits.ts';
import { lossesOf, remediatorSees } from './losses.ts';
import { randomFrom } from './random.ts';
import { RelistTally } from './relist-tally.ts';
import type { Scenario } from './scenario.ts';
import type { ReadyStretch, Simulation } from './simulation.ts';
import { Workload } from './workload.ts';

/** Until a kubelet on a calm runtime has met all pods and is Ready. */
const SETTLED_MS = 60_000;
/** The fault comes at any moment between two node statuses. */
const PHASE_MS = 10_000;

/** Runs the model of the kubelet on a virtual clock through a scenario. The same scenario gives the same result. */
export function simulate(scenario: Scenario): Simulation {
  const random = randomFrom(scenario.seed);
  const clock = new VirtualClock();
  const beginAt = SETTLED_MS + Math.floor(random() * PHASE_MS);
  const tally = new RelistTally(beginAt);
  const workload = new Workload(clock, scenario, random, (at, takesMs) => {
    if (takesMs < scenario.requestTimeoutMs) tally.noteStamp(at, takesMs);
  });
  const ready: ReadyStretch[] = [];
  const node = new NodeModel(
    clock,
    workload.runtime,
    { era: scenario.kubelet.era, requestTimeoutMs: scenario.requestTimeoutMs },
    {
      onRelist: (record: RelistRecord) => tally.note(record),
      onEvent: ({ type, podUid, containerId }) => {
        if (type === 'ContainerDied' && containerId !== null) workload.startAgain(podUid, containerId);
      },
      onReady: ({ at, to }: ReadyChange) => {
        if (at >= beginAt) ready.push({ at: at - beginAt, status: to.status });
      },
    },
  );
  node.start();
  clock.runUntil(beginAt);
  ready.unshift({ at: 0, status: node.ready?.status ?? 'Unknown' });
  workload.begin();
  clock.run(scenario.durationMs);
  node.stop();
  const losses = lossesOf(ready, scenario.durationMs);
  const remediator = remediatorSees(ready, scenario.durationMs);
  return { scenario, relists: tally.result(), ready, losses, remediator, limits: limitsOf(scenario) };
}
