import { hangStatus } from '../../faults/hang-status.ts';
import type { Lab } from '../../lab.ts';
import type { Cluster } from '../cluster.ts';
import { CRASHING, createPod, untilContainer, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;
const POD = 'three';

export const hungShim: ClusterScenario = {
  name: 'hung-shim',
  title: {
    en: 'a pod of three containers: one crash-looping, one hung behind its stopped shim',
    zh: '三个容器的 Pod：一个崩溃循环，一个因 shim 被停住而卡住',
  },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'container-status-hung',
    subjects: ['container'],
    exitCode: 1,
    // The state right after: NotReady comes when a relist is older than 3 minutes, which nothing shortens.
    ready: 'True',
    trigger: 'crash-loop',
    shortened,
    notes: {
      en: 'Each restart of the crash-looping container makes the kubelet ask for the status of the hung one.',
      zh: '崩溃容器每次重启，都会让 kubelet 去查询卡住容器的状态。',
    },
  },
  inject: hangOneOfThree,
};

/** A pod of three containers: one good, one crash-looping, one whose status call never returns. */
export async function hangOneOfThree(cluster: Cluster, lab: Lab): Promise<ClusterStaged> {
  const calm = await runCalmPod(cluster);
  await createPod(cluster, POD, [{ name: 'good' }, { name: 'hung' }, CRASHING]);
  const id = await untilRunning(cluster, POD, 'hung');
  await untilContainer(cluster, POD, CRASHING.name, (c) => c.restartCount >= 1);
  await hangStatus(lab, id);
  return { ...calm, subjects: [{ kind: 'container', anyOf: [id] }] };
}
