import { stopProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const stoppedDockerd: Scenario = {
  name: 'stopped-dockerd',
  title: { en: 'dockerd is stopped: it is there and answers nothing', zh: 'dockerd 被停住：进程还在，但什么都不应答' },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'runtime-unresponsive',
    subjects: ['component'],
    exitCode: 1,
    notes: { en: 'Even the version call hangs.', zh: '连 version 调用都卡住。' },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    const { daemon } = await lab.dockerd();
    const heal = await stopProcess(lab.workspace, daemon.id);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'component', anyOf: ['dockerd', daemon.id.pid] }],
      look: [`timeout 3 ${idle.look[0]} || echo no answer`, `ps -o pid,stat,args -p ${daemon.id.pid}`],
      heal,
    };
  },
};
