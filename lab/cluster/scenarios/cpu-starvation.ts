import { squeezeUntilSlow } from '../../scenarios/cpu-squeeze.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

export const cpuStarvation: ClusterScenario = {
  name: 'cpu-starvation',
  title: {
    en: 'the cgroup of dockerd and containerd gets one per cent of a CPU or less',
    zh: 'dockerd 与 containerd 所在 cgroup 只分到 1% 或更少的 CPU',
  },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'cpu-starvation',
    subjects: ['component'],
    exitCode: 1,
    // The state right after: relists take long, and so far each has ended in time.
    ready: 'True',
    shortened,
    notes: {
      en: 'Every call answers, seconds late; the kubelet itself gets all the CPU it wants.',
      zh: '每个调用都有应答，但要迟好几秒；kubelet 自身不缺 CPU。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { api, daemon, containerd } = await lab.dockerd();
    const path = await squeezeUntilSlow(lab, api);
    return {
      ...calm,
      subjects: [{ kind: 'component', anyOf: [daemon.id.pid, containerd.pid] }],
      look: [...calm.look, `cat ${path}/cpu.stat`],
    };
  },
};
