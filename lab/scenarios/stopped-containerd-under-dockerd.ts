import { stopProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const stoppedContainerdUnderDockerd: Scenario = {
  name: 'stopped-containerd-under-dockerd',
  title: { en: 'the containerd under a live dockerd is stopped', zh: 'dockerd 正常，但它之下的 containerd 被停住' },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'runtime-unresponsive',
    subjects: ['component'],
    exitCode: 1,
    notes: {
      en: 'dockerd still answers list and inspect from memory; nothing can be started, stopped or removed.',
      zh: 'dockerd 仍能凭内存应答 list 与 inspect；但任何容器都无法启动、停止或删除。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    const { containerd, containerdEndpoint } = await lab.dockerd();
    const heal = await stopProcess(lab.workspace, containerd);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'component', anyOf: ['containerd', containerd.pid] }],
      look: [
        ...idle.look,
        `timeout 3 ctr -a ${containerdEndpoint.slice('unix://'.length)} version || echo no answer`,
        `ps -o pid,ppid,stat,args -p ${containerd.pid}`,
      ],
      heal,
    };
  },
};
