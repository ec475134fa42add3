import { runExited } from '../../faults/exited-pile-up.ts';
import type { Lab } from '../../lab.ts';
import type { NewContainer } from '../../runtimes/docker-api.ts';
import type { Cluster } from '../cluster.ts';
import { createPod, NAMESPACE, type PodStatus, untilRunning } from '../pods.ts';
import { untilRelistTakes } from '../relists.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged } from '../scenario.ts';
import { runCalmPod, stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;
const POD = 'piled-up';
const EXITED = 120;

export const exitedPileUp: ClusterScenario = {
  name: 'exited-pile-up',
  title: {
    en: `${EXITED} exited containers of one pod, whose one live container restarts, on a runtime that answers at once`,
    zh: `同一 Pod 堆积 ${EXITED} 个已退出的容器，唯一存活的容器重启；运行时应答很快`,
  },
  runtime: 'docker',
  timing,
  truth: stillReady({
    en: 'Relist asks for all of them at each restart and takes dozens of times as long as before: still far below three minutes.',
    zh: '每次重启 relist 都要查询全部容器，耗时是平时的几十倍，但离三分钟还很远。',
  }),
  inject: async (cluster, lab) => {
    const { staged, end } = await pileUp(cluster, lab);
    await untilRelistTakes(cluster, 0.15, end);
    return staged;
  },
};

/**
 * A pod with containers that ran and ended, which the kubelet takes for its own.
 * @returns what ends its live container too: the kubelet's relist then asks for all of them, and starts it again
 */
export async function pileUp(
  cluster: Cluster,
  lab: Lab,
): Promise<{ readonly staged: ClusterStaged; readonly end: () => Promise<void> }> {
  const calm = await runCalmPod(cluster);
  const { metadata } = await createPod(cluster, POD, [{ name: 'alive' }]);
  const id = await untilRunning(cluster, POD, 'alive');
  const { api } = await lab.dockerd();
  await runExited(api, EXITED, await likeThoseOf(lab, metadata));
  const end = async (): Promise<void> => {
    await api.call('POST', `/containers/${id}/kill`);
  };
  return { staged: { ...calm, subjects: [] }, end };
}

/**
 * Name and labels by which the kubelet takes a container for a pod's (dockershim/naming.go and kuberuntime/labels.go
 * @ kubernetes v1.20.2). It keeps the last container of each name, so each gets its own.
 */
async function likeThoseOf(lab: Lab, pod: PodStatus['metadata']): Promise<(number: number) => NewContainer> {
  const { api } = await lab.dockerd();
  const label = [`io.kubernetes.pod.uid=${pod.uid}`, 'io.kubernetes.docker.type=container'];
  const filters = encodeURIComponent(JSON.stringify({ label }));
  type Listed = { readonly Labels: Readonly<Record<string, string>> }[];
  const [own] = await api.call<Listed>('GET', `/containers/json?all=1&filters=${filters}`);
  return (number) => ({
    name: `k8s_exited-${number}_${pod.name}_${NAMESPACE}_${pod.uid}_0`,
    labels: { ...own?.Labels, 'io.kubernetes.container.name': `exited-${number}` },
    cmd: ['/bin/busybox', 'true'],
  });
}
