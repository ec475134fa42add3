import { squeezeCpu } from '../../faults/squeeze.ts';
import { untilRelistTakes } from '../relists.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { pileUp } from './exited-pile-up.ts';
import { stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;

/** Of one CPU, for dockerd and containerd together. */
const SHARE = 0.1;
/** The kernel's usual period: no single call has to wait for long. */
const PERIOD_US = 100_000;

export const slowButPassing: ClusterScenario = {
  name: 'slow-but-passing',
  title: {
    en: 'the same on a tenth of a CPU: relist takes a second or more and passes',
    zh: '同上，运行时只分到十分之一个 CPU：relist 要一秒以上，但都能完成',
  },
  runtime: 'docker',
  timing,
  truth: stillReady({
    en: 'The runtime is throttled, and every call still answers within a second: load, not a fault.',
    zh: '运行时被限流，但每个调用仍在一秒内应答：这是负载，不是故障。',
  }),
  inject: async (cluster, lab) => {
    const { staged, end } = await pileUp(cluster, lab);
    squeezeCpu(lab.workspace, SHARE, PERIOD_US);
    await untilRelistTakes(cluster, 0.8, end);
    return staged;
  },
};
