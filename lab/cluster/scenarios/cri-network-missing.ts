import { removeCniConfig } from '../../faults/cni-missing.ts';
import { type ClusterScenario, HASTILY } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = HASTILY;

export const criNetworkMissing: ClusterScenario = {
  name: 'cri-network-missing',
  title: {
    en: 'containerd under the kubelet finds no CNI configuration',
    zh: 'kubelet 所用的 containerd 找不到 CNI 配置',
  },
  runtime: 'cri',
  timing,
  alone: true,
  truth: {
    cause: 'cni-not-ready',
    subjects: [],
    exitCode: 1,
    lingers: true,
    ready: 'False',
    shortened,
    ruledOut: ['runtime-unresponsive', 'runtime-down', 'control-plane-unreachable'],
    notes: {
      en: 'NotReady steadily, from the next node status on, although every call is fast.',
      zh: '从下一次节点状态上报起持续 NotReady，尽管每个调用都很快。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    removeCniConfig(lab.workspace, await lab.containerd());
    return { ...calm, subjects: [] };
  },
};
