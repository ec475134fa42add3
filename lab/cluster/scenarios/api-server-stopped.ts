import { stopProcess } from '../../faults/stop-process.ts';
import { until } from '../../wait.ts';
import type { Cluster } from '../cluster.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

export const apiServerStopped: ClusterScenario = {
  name: 'api-server-stopped',
  title: { en: 'the API server is stopped: it answers nobody', zh: 'API server 被停住：对谁都不应答' },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'control-plane-unreachable',
    subjects: ['component'],
    exitCode: 1,
    ready: null,
    shortened,
    remedies: { work: ['restore-path', 'restart-api-server'], useless: ['restart-kubelet', 'restart-runtime'] },
    ruledOut: ['runtime-unresponsive', 'runtime-down', 'container-status-hung', 'kubelet-down'],
    notes: {
      en: 'Nobody can say what Ready is; the host alone shows that the node works.',
      zh: '没有人能说出 Ready 是什么；只有主机一侧能看出节点正常。',
    },
  },
  inject: async (cluster, lab) => {
    const calm = await runCalmPod(cluster);
    await stopProcess(lab.workspace, cluster.controlPlane.apiServer.id);
    return {
      ...calm,
      subjects: [{ kind: 'component', anyOf: ['kube-apiserver'] }],
      // What the API server says of the node until then is from before the fault.
      heal: () => untilRenewed(cluster, Date.now()),
    };
  },
};

/** Waits until the kubelet has renewed its lease after a point in time (Unix ms). */
async function untilRenewed({ kubectl, node }: Cluster, since: number): Promise<void> {
  const lease = ['get', 'lease', node, '-n', 'kube-node-lease', '-o', 'jsonpath={.spec.renewTime}'];
  await until(
    { en: `the lease of ${node} to be renewed`, zh: `${node} 续租 Lease` },
    async () => Date.parse((await kubectl.run(lease)).stdout) > since,
    60_000,
    500,
  );
}
