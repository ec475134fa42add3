import { runExited } from '../../faults/exited-pile-up.ts';
import type { Lab } from '../../lab.ts';
import type { NewContainer } from '../../runtimes/docker-api.ts';
import type { Cluster } from '../cluster.ts';
import { CRASHING, createPod, NAMESPACE, type PodStatus, untilContainer } from '../pods.ts';
import { untilRelistTakes } from '../relists.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged } from '../scenario.ts';
import { runCalmPod, stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;
const EXITED = 200;

export const exitedPileUp: ClusterScenario = {
  name: 'exited-pile-up',
  title: {
    en: `${EXITED} exited containers of one pod beside its crash loop, on a runtime that answers at once`,
    zh: `同一 Pod 堆积 ${EXITED} 个已退出的容器并有崩溃循环，运行时应答很快`,
  },
  runtime: 'docker',
  timing,
  truth: stillReady({
    en: 'Relist asks for all of them at each crash and takes a hundred times as long as before: still far below three minutes.',
    zh: '每次崩溃 relist 都要查询全部容器，耗时是平时的上百倍，但离三分钟还很远。',
  }),
  inject: async (cluster, lab) => {
    const staged = await pileUp(cluster, lab);
    await untilRelistTakes(cluster, 0.2);
    return staged;
  },
};

/** A crash-looping pod with containers beside it that ran and ended, as far as the kubelet can tell its own. */
export async function pileUp(cluster: Cluster, lab: Lab): Promise<ClusterStaged> {
  const calm = await runCalmPod(cluster);
  const { metadata } = await createPod(cluster, 'piled-up', [CRASHING]);
  await untilContainer(cluster, 'piled-up', CRASHING.name, (c) => c.restartCount >= 1);
  const { api } = await lab.dockerd();
  await runExited(api, EXITED, await likeThoseOf(lab, metadata));
  return { ...calm, subjects: [] };
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
