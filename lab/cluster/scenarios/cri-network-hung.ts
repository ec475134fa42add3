import { hangCni, untilCniHangs } from '../../faults/cni-hung.ts';
import { sleep } from '../../wait.ts';
import { createNetworkedPod } from '../pods.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;
/** A CNI call that is younger may just be slow. */
const HUNG_MS = 11_000;

export const criNetworkHung: ClusterScenario = {
  name: 'cri-network-hung',
  title: {
    en: 'on containerd: the CNI plugin hangs while it sets up the network of a new pod',
    zh: 'containerd 上：为新 Pod 建立网络时 CNI 插件卡住',
  },
  runtime: 'cri',
  timing,
  truth: {
    cause: 'cni-hung',
    subjects: ['process'],
    exitCode: 1,
    // containerd answers the kubelet's relist from its memory; that pod alone waits.
    ready: 'True',
    shortened,
    remedies: { work: ['kill-cni-plugin', 'restore-cni'], useless: ['restart-kubelet', 'restart-runtime'] },
    ruledOut: ['cni-not-ready', 'runtime-unresponsive'],
    notes: {
      en: 'The pod stays ContainerCreating; the kubelet tries again each time its call times out.',
      zh: 'Pod 一直 ContainerCreating；每次调用超时后 kubelet 都会重试。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const endCalls = await hangCni(lab.workspace, await lab.containerd());
    await createNetworkedPod(cluster, 'networked', [{ name: 'app' }]);
    const plugin = await untilCniHangs();
    await sleep(HUNG_MS);
    return { ...calm, subjects: [{ kind: 'process', anyOf: [plugin.pid] }], heal: async () => endCalls() };
  },
};
