import { stopProcess } from '../../faults/stop-process.ts';
import { shimOf } from '../../shims.ts';
import { createPod, NAMESPACE, untilRunning } from '../pods.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;
const POD = 'hung';

export const criStoppedShim: ClusterScenario = {
  name: 'cri-stopped-shim',
  title: {
    en: 'on containerd: a pod is deleted whose shim is stopped',
    zh: 'containerd 上：删除一个 shim 已被停住的 Pod',
  },
  runtime: 'cri',
  timing,
  truth: {
    cause: 'container-status-hung',
    subjects: ['container'],
    exitCode: 1,
    // containerd answers the kubelet's relist from its memory.
    ready: 'True',
    shortened,
    notes: {
      en: 'The pod stays Terminating: what asks the shim never comes back.',
      zh: 'Pod 一直 Terminating：凡是要问 shim 的调用都不返回。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { pods } = await lab.containerd();
    await createPod(cluster, POD, [{ name: 'app' }]);
    const id = await untilRunning(cluster, POD, 'app');
    await stopProcess(lab.workspace, shimOf(await pods.pidOf(id)));
    await cluster.kubectl.do('delete', 'pod', POD, '-n', NAMESPACE, '--wait=false');
    return { ...calm, subjects: [{ kind: 'container', anyOf: [id] }] };
  },
};
