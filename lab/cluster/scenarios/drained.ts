import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod, stillReady } from './healthy-pod.ts';

const { timing } = BRISKLY;

export const drained: ClusterScenario = {
  name: 'drained',
  title: { en: 'the node is cordoned and being drained', zh: '节点已被 cordon，正在 drain' },
  runtime: 'docker',
  timing,
  truth: stillReady({ en: 'SchedulingDisabled is not NotReady.', zh: 'SchedulingDisabled 不是 NotReady。' }),
  inject: async (cluster) => {
    const calm = await runCalmPod(cluster);
    const { kubectl, node } = cluster;
    // --force: the pod has no controller that would make it anew. It may be Terminating for a minute more.
    await kubectl.run(['drain', node, '--force', '--ignore-daemonsets', '--timeout=5s']);
    const heal = async (): Promise<void> => {
      await kubectl.do('uncordon', node);
    };
    return { ...calm, subjects: [], heal };
  },
};
