import { createPod, untilContainer } from '../pods.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod, stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;

/** Port 9 of loopback (discard): nobody listens there, so the pull fails at once. */
const NOWHERE = '127.0.0.1:9/missing:1';

export const imagePullAlone: ClusterScenario = {
  name: 'image-pull-alone',
  title: { en: 'a pod whose image cannot be pulled, nothing else', zh: '只有一个 Pod 的镜像拉取不到' },
  runtime: 'docker',
  timing,
  truth: stillReady({ en: 'A pull that fails holds up its own pod only.', zh: '镜像拉取失败只影响该 Pod 自身。' }),
  inject: async (cluster) => {
    const calm = await runCalmPod(cluster);
    await createPod(cluster, 'no-image', [{ name: 'no-image', image: NOWHERE }]);
    await untilContainer(cluster, 'no-image', 'no-image', (c) => c.state.waiting?.reason === 'ImagePullBackOff');
    return { ...calm, subjects: [] };
  },
};
