import { hangStatus } from '../../faults/hang-status.ts';
import { CRASHING, createPod, untilContainer, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;
const POD = 'four';

export const twoHungContainers: ClusterScenario = {
  name: 'two-hung-containers',
  title: {
    en: 'a pod of four containers: one crash-looping, two hung behind their stopped shims',
    zh: '四个容器的 Pod：一个崩溃循环，两个因 shim 被停住而卡住',
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
    remedies: { work: ['resume-shim'], useless: ['restart-kubelet'] },
    notes: {
      en: 'Both must be named: with one of them resumed the node still flaps.',
      zh: '两个都必须指出：只恢复其中一个，节点仍会抖动。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    await createPod(cluster, POD, [{ name: 'good' }, { name: 'hung-1' }, { name: 'hung-2' }, CRASHING]);
    const ids = [await untilRunning(cluster, POD, 'hung-1'), await untilRunning(cluster, POD, 'hung-2')];
    await untilContainer(cluster, POD, CRASHING.name, (c) => c.restartCount >= 1);
    for (const id of ids) await hangStatus(lab, id);
    return { ...calm, subjects: ids.map((id) => ({ kind: 'container', anyOf: [id] })) };
  },
};
