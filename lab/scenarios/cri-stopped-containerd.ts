import { stopProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { runPods } from './cri-healthy.ts';

export const criStoppedContainerd: Scenario = {
  name: 'cri-stopped-containerd',
  title: {
    en: 'containerd is stopped: it is there and answers nothing',
    zh: 'containerd 被停住：进程还在，但什么都不应答',
  },
  needs: ['containerd', 'cgroups'],
  truth: {
    cause: 'runtime-unresponsive',
    subjects: ['component'],
    exitCode: 1,
    notes: { en: 'Even the version call hangs.', zh: '连 version 调用都卡住。' },
  },
  run: async (lab) => {
    const calm = await runPods(lab, ['calm']);
    const { daemon, socket } = await lab.containerd();
    const heal = await stopProcess(lab.workspace, daemon.id);
    return {
      endpoints: calm.endpoints,
      subjects: [{ kind: 'component', anyOf: ['containerd', daemon.id.pid] }],
      look: [`timeout 3 ctr -a ${socket} version || echo no answer`, `ps -o pid,stat,args -p ${daemon.id.pid}`],
      heal,
    };
  },
};
