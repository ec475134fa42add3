import { stopProcess } from '../../faults/stop-process.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;

export const criStoppedContainerd: ClusterScenario = {
  name: 'cri-stopped-containerd',
  title: { en: 'containerd under the kubelet is stopped', zh: 'kubelet 所用的 containerd 被停住' },
  runtime: 'cri',
  timing,
  truth: {
    cause: 'runtime-unresponsive',
    subjects: ['component'],
    exitCode: 1,
    ready: 'False',
    shortened,
    notes: {
      en: 'The kubelet lives and renews its lease; it says NotReady itself.',
      zh: 'kubelet 正常并继续续租；NotReady 由它自己上报。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { daemon } = await lab.containerd();
    await stopProcess(lab.workspace, daemon.id);
    return { ...calm, subjects: [{ kind: 'component', anyOf: ['containerd', daemon.id.pid] }] };
  },
};
