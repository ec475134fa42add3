import { CriClient } from '../../src/runtimes/cri.ts';
import { removeCniConfig } from '../faults/cni-missing.ts';
import type { Scenario } from '../scenario.ts';
import { until } from '../wait.ts';
import { runPods } from './cri-healthy.ts';

export const criNetworkMissing: Scenario = {
  name: 'cri-network-missing',
  title: { en: 'containerd finds no CNI configuration', zh: 'containerd 找不到 CNI 配置' },
  needs: ['containerd', 'cgroups'],
  truth: {
    cause: 'cni-not-ready',
    subjects: [],
    exitCode: 1,
    notes: {
      en: 'NetworkReady is false: the kubelet reports NotReady at once, although every call is fast.',
      zh: 'NetworkReady 为 false：虽然每个调用都很快，kubelet 仍会立即上报 NotReady。',
    },
  },
  run: async (lab) => {
    const calm = await runPods(lab, ['calm']);
    const containerd = await lab.containerd();
    const heal = removeCniConfig(lab.workspace, containerd);
    const client = new CriClient(containerd.socket);
    await until({ en: 'NetworkReady to be false', zh: 'NetworkReady 变为 false' }, async () => {
      const answer = await client.status({ deadlineMs: 5000 });
      if (answer.outcome !== 'ok') return false;
      return answer.value.status?.conditions.some((c) => c.type === 'NetworkReady' && !c.status) ?? false;
    });
    client.close();
    return { endpoints: calm.endpoints, subjects: [], look: [`ls ${containerd.cniConfig}*`], heal };
  },
};
