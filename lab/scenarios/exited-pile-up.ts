import { pileUpExited } from '../faults/exited-pile-up.ts';
import { slowEndpoint } from '../faults/slow-endpoint.ts';
import type { Scenario } from '../scenario.ts';

const EXITED = 600;
const STATUS_MS = 400;

export const exitedPileUp: Scenario = {
  name: 'exited-pile-up',
  title: {
    en: 'hundreds of exited containers on a runtime whose status calls are slow',
    zh: '状态查询缓慢的运行时上堆积了数百个已退出的容器',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'too-many-containers',
    subjects: [],
    exitCode: 1,
    notes: {
      en: `${EXITED} times ${STATUS_MS} ms is four minutes: a relist that inspects all of them passes the threshold of three.`,
      zh: `${EXITED} 乘以 ${STATUS_MS} 毫秒等于四分钟：一次检查全部容器的 relist 会超过三分钟的阈值。`,
    },
  },
  run: async (lab) => {
    await pileUpExited(lab, EXITED);
    const { api } = await lab.dockerd();
    const slow = await slowEndpoint(lab.workspace, api.socket, STATUS_MS);
    return {
      endpoints: [`unix://${slow}`],
      subjects: [],
      look: [`docker -H unix://${slow} ps -aq | wc -l`, `time docker -H unix://${slow} inspect exited-1 >/dev/null`],
    };
  },
};
