import { changeKubeconfig } from '../kubelet-kubeconfig.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;
const HOUR_MS = 3_600_000;

export const expiredCertificate: ClusterScenario = {
  name: 'expired-certificate',
  title: { en: 'the kubelet’s client certificate has expired', zh: 'kubelet 的客户端证书已过期' },
  runtime: 'docker',
  timing,
  alone: true,
  truth: {
    cause: 'certificate-expired',
    subjects: ['component'],
    exitCode: 1,
    ready: 'Unknown',
    shortened,
    remedies: { work: ['renew-certificate'], useless: ['restart-kubelet', 'restart-runtime'] },
    ruledOut: ['runtime-unresponsive', 'runtime-down', 'control-plane-unreachable'],
    notes: {
      en: 'The API server answers 401 to the kubelet: no lease, no node status. The node itself works.',
      zh: 'API server 对 kubelet 返回 401：无法续租，也无法上报状态。节点本身正常。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    const { credentials } = cluster.kubelet;
    const expired = await cluster.authority.issue({
      name: 'kubelet-expired',
      commonName: `system:node:${cluster.node}`,
      organisation: 'system:nodes',
      valid: { from: new Date(Date.now() - 48 * HOUR_MS), to: new Date(Date.now() - HOUR_MS) },
    });
    const heal = await changeKubeconfig(cluster, lab, (text) =>
      text.replaceAll(credentials.cert, expired.cert).replaceAll(credentials.key, expired.key),
    );
    return { ...calm, subjects: [{ kind: 'component', anyOf: ['kubelet', cluster.kubelet.daemon.id.pid] }], heal };
  },
};
