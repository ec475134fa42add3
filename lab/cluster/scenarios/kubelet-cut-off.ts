import { changeKubeconfig } from '../kubelet-kubeconfig.ts';
import { freePorts } from '../ports.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

export const kubeletCutOff: ClusterScenario = {
  name: 'kubelet-cut-off',
  title: {
    en: 'the kubelet’s way to the API server leads to a port where nobody listens',
    zh: 'kubelet 访问 API server 的地址指向无人监听的端口',
  },
  runtime: 'docker',
  timing,
  alone: true,
  truth: {
    cause: 'control-plane-unreachable',
    subjects: [],
    exitCode: 1,
    ready: 'Unknown',
    shortened,
    ruledOut: ['runtime-unresponsive', 'runtime-down'],
    notes: { en: 'The node itself works.', zh: '节点本身正常。' },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const [port = 0] = await freePorts(1);
    const heal = await changeKubeconfig(cluster, lab, (text) =>
      text.replaceAll(cluster.controlPlane.server, `https://127.0.0.1:${port}`),
    );
    return { ...calm, subjects: [], heal };
  },
};
