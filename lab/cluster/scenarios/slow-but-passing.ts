import { squeezeCpu } from '../../faults/squeeze.ts';
import { untilRelistTakes } from '../relists.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { pileUp } from './exited-pile-up.ts';
import { stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;

/** Of one CPU, for dockerd and containerd together. */
const SHARE = 0.2;

export const slowButPassing: ClusterScenario = {
  name: 'slow-but-passing',
  title: {
    en: 'the same on a fifth of a CPU: relist takes seconds and passes',
    zh: '同上，运行时只分到五分之一个 CPU：relist 要好几秒，但都能完成',
  },
  runtime: 'docker',
  timing,
  truth: stillReady({
    en: 'The runtime is throttled, and every call still answers within a second: load, not a fault.',
    zh: '运行时被限流，但每个调用仍在一秒内应答：这是负载，不是故障。',
  }),
  inject: async (cluster, lab) => {
    const { staged, end } = await pileUp(cluster, lab);
    squeezeCpu(lab.workspace, SHARE);
    await untilRelistTakes(cluster, 1, end);
    return staged;
  },
};
