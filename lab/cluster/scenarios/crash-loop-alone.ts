import { CRASHING, createPod, untilContainer } from '../pods.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod, stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;

export const crashLoopAlone: ClusterScenario = {
  name: 'crash-loop-alone',
  title: { en: 'a pod in CrashLoopBackOff, nothing else', zh: '只有一个 Pod 处于 CrashLoopBackOff' },
  runtime: 'docker',
  timing,
  truth: stillReady({ en: 'A crash loop alone never makes a node NotReady.', zh: '单凭崩溃循环不会让节点 NotReady。' }),
  inject: async (cluster) => {
    const calm = await runCalmPod(cluster);
    await createPod(cluster, 'crash-loop', [CRASHING]);
    await untilContainer(
      cluster,
      'crash-loop',
      CRASHING.name,
      (c) => c.restartCount >= 1 && c.state.waiting?.reason === 'CrashLoopBackOff',
    );
    return { ...calm, subjects: [] };
  },
};
