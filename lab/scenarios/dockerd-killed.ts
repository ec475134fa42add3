import { killProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const dockerdKilled: Scenario = {
  name: 'dockerd-killed',
  title: {
    en: 'dockerd was killed; its socket, its shims and its containers are left',
    zh: 'dockerd 被杀；其套接字、shim 与容器都还在',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'runtime-down',
    subjects: ['component'],
    exitCode: 1,
    notes: {
      en: 'The socket file refuses connections; the containers go on running.',
      zh: '套接字文件拒绝连接；容器继续运行。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    const { daemon } = await lab.dockerd();
    await killProcess(daemon.id);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'component', anyOf: ['dockerd'] }],
      look: [`${idle.look[0]} || true`, 'ps -C containerd-shim,containerd-shim-runc-v2 -o pid,ppid,stat,args'],
    };
  },
};
