import { LabError } from '../errors.ts';
import { stopProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { shimOf } from '../shims.ts';
import { runPods } from './cri-healthy.ts';

export const criStoppedShim: Scenario = {
  name: 'cri-stopped-shim',
  title: {
    en: "on containerd: a pod's shim is stopped with a stop of its container in flight",
    zh: 'containerd 上：Pod 的 shim 被停住，同时停止其容器的调用尚未返回',
  },
  needs: ['containerd', 'cgroups'],
  truth: {
    cause: 'container-status-hung',
    subjects: ['container'],
    exitCode: 1,
    notes: {
      en: 'List calls are fast. What asks the shim (tasks, stop, exec) never comes back; CRI status answers from memory.',
      zh: 'list 调用很快。凡是要问 shim 的（tasks、stop、exec）都不返回；CRI status 凭内存应答。',
    },
  },
  run: async (lab) => {
    const { pods, socket } = await lab.containerd();
    const calm = await runPods(lab, ['calm', 'hung']);
    const hung = calm.pods.at(-1);
    const [container] = hung?.containers ?? [];
    if (!hung || !container) throw new LabError({ en: 'the pod has no container', zh: 'Pod 中没有容器' });
    const shim = shimOf(container.pid);
    const heal = await stopProcess(lab.workspace, shim);
    pods.stopInBackground(container.id);
    return {
      endpoints: calm.endpoints,
      // One shim serves the whole pod.
      subjects: [{ kind: 'container', anyOf: [hung.sandboxId, ...hung.containers.map((c) => c.id)] }],
      look: [
        ...calm.look,
        `timeout 3 ctr -a ${socket} -n k8s.io tasks list || echo no answer`,
        `ps -o pid,ppid,stat,args -p ${shim.pid}`,
      ],
      heal,
    };
  },
};
