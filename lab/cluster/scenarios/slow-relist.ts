import { squeezeCpu } from '../../faults/squeeze.ts';
import { CRASHING, createPod, untilContainer } from '../pods.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;
const POD = 'many';
const CONTAINERS = 20;

/** Of one CPU, for dockerd and containerd together. */
const SHARE = 0.0025;

export const slowRelist: ClusterScenario = {
  name: 'slow-relist',
  title: {
    en: `a pod of ${CONTAINERS} containers and a crash loop, on a runtime with a quarter per cent of a CPU`,
    zh: `一个含 ${CONTAINERS} 个容器且有崩溃循环的 Pod，运行时只分到 0.25% 的 CPU`,
  },
  runtime: 'docker',
  timing,
  truth: {
    // Twenty containers are not many: with the CPU that is usual the same relist takes milliseconds.
    cause: 'cpu-starvation',
    subjects: ['component'],
    exitCode: 1,
    ready: 'False',
    shortened,
    notes: {
      en: 'The quota is at fault, not the number of containers: without it the same relist takes milliseconds.',
      zh: '问题在于 CPU 配额，而不是容器数量：没有这个配额，同样的 relist 只需几十毫秒。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const many = Array.from({ length: CONTAINERS - 1 }, (_, i) => ({ name: `calm-${i}` }));
    await createPod(cluster, POD, [...many, CRASHING]);
    await untilContainer(cluster, POD, CRASHING.name, (c) => c.restartCount >= 1);
    const { daemon, containerd } = await lab.dockerd();
    const path = squeezeCpu(lab.workspace, SHARE);
    return {
      ...calm,
      subjects: [{ kind: 'component', anyOf: [daemon.id.pid, containerd.pid] }],
      look: [...calm.look, `cat ${path}/cpu.stat`],
    };
  },
};
