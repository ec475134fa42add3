import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../../lab.ts';
import type { Cluster } from '../cluster.ts';
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
    await pointElsewhere(cluster, lab);
    return {
      ...calm,
      subjects: [],
      heal: async () => {
        await cluster.kubelet.stop();
        await cluster.kubelet.startAgain();
      },
    };
  },
};

/** A kubelet reads its kubeconfig when it starts. */
async function pointElsewhere({ kubelet, controlPlane }: Cluster, { workspace }: Lab): Promise<void> {
  const kubeconfig = join(kubelet.setting.folder, 'kubeconfig');
  const kept = `${kubeconfig}.kept`;
  const [port = 0] = await freePorts(1);
  await kubelet.stop();
  workspace.journal.register({ kind: 'move-back', from: kept, to: kubeconfig });
  // Moved into place at once: an undo finds the whole of it or nothing.
  copyFileSync(kubeconfig, `${kept}.new`);
  renameSync(`${kept}.new`, kept);
  writeFileSync(kubeconfig, readFileSync(kept, 'utf8').replaceAll(controlPlane.server, `https://127.0.0.1:${port}`), {
    mode: 0o600,
  });
  await kubelet.startAgain();
}
