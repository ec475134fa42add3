import { stopProcess } from '../../faults/stop-process.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;

export const stoppedDockerd: ClusterScenario = {
  name: 'stopped-dockerd',
  title: { en: 'dockerd under the kubelet is stopped', zh: 'kubelet 所用的 dockerd 被停住' },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'runtime-unresponsive',
    subjects: ['component'],
    exitCode: 1,
    // Not Unknown: the lease is renewed all the while.
    ready: 'False',
    shortened,
    notes: {
      en: 'The kubelet says itself that its runtime is down. It does so late: each of its node statuses first asks dockerd for its version and waits runtimeRequestTimeout for it.',
      zh: 'kubelet 自己报告运行时不可用，但报得晚：它每次上报节点状态前都要先问 dockerd 的版本，并为此等满 runtimeRequestTimeout。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { daemon } = await lab.dockerd();
    await stopProcess(lab.workspace, daemon.id);
    return { ...calm, subjects: [{ kind: 'component', anyOf: ['dockerd', daemon.id.pid] }] };
  },
};
