import { stopProcess } from '../../faults/stop-process.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

export const stoppedKubelet: ClusterScenario = {
  name: 'stopped-kubelet',
  title: { en: 'the kubelet is stopped: it is there and does nothing', zh: 'kubelet 被停住：进程还在，但不做任何事' },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'kubelet-down',
    subjects: ['component'],
    exitCode: 1,
    ready: 'Unknown',
    shortened,
    notes: {
      en: 'Nobody renews the lease; the control plane sets Ready to Unknown after the grace period.',
      zh: '无人续租 Lease；超过宽限期后，控制面把 Ready 置为 Unknown。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { id } = cluster.kubelet.daemon;
    await stopProcess(lab.workspace, id);
    return { ...calm, subjects: [{ kind: 'component', anyOf: ['kubelet', id.pid] }] };
  },
};
