import type { Text } from '../../../src/text/text.ts';
import { NOTHING_WRONG } from '../../scenarios/healthy.ts';
import type { Cluster } from '../cluster.ts';
import { createPod, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged, type ClusterTruth, HASTILY } from '../scenario.ts';

const { timing, shortened } = BRISKLY;

/** A calm pod runs: the ground of every other scenario. */
export async function runCalmPod(cluster: Cluster): Promise<Omit<ClusterStaged, 'subjects'>> {
  await createPod(cluster, 'calm', [{ name: 'calm' }]);
  await untilRunning(cluster, 'calm', 'calm');
  return {
    endpoints: [cluster.runtime.endpoint],
    look: [`kubectl --kubeconfig ${cluster.kubectl.kubeconfig} get nodes,pods -o wide`],
  };
}

/** Truth of what is no fault: the node stays Ready, and nothing may be found. */
export function stillReady(notes: Text): ClusterTruth {
  return { ...NOTHING_WRONG, ready: 'True', shortened, notes };
}

export const healthyPod: ClusterScenario = {
  name: 'healthy-pod',
  title: { en: 'a node with one pod, nothing wrong', zh: '节点上有一个 Pod，一切正常' },
  runtime: 'docker',
  timing,
  truth: stillReady({ en: 'Exit code 0, no verdict.', zh: '退出码 0，没有结论。' }),
  inject: async (cluster) => ({ ...(await runCalmPod(cluster)), subjects: [] }),
};

export const criHealthyPod: ClusterScenario = {
  ...healthyPod,
  name: 'cri-healthy-pod',
  title: { en: 'on containerd: a node with one pod, nothing wrong', zh: 'containerd 上：节点有一个 Pod，一切正常' },
  runtime: 'cri',
  timing: HASTILY.timing,
  truth: { ...healthyPod.truth, shortened: HASTILY.shortened },
};
