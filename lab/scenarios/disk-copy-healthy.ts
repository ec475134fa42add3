import { copyAtFullSpeed } from '../faults/disk-copy.ts';
import type { Scenario } from '../scenario.ts';
import { NOTHING_WRONG, runIdle } from './healthy.ts';

export const diskCopyHealthy: Scenario = {
  name: 'disk-copy-healthy',
  title: { en: 'a full-speed disk copy beside healthy containers', zh: '健康容器旁边有一个全速的磁盘拷贝' },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    ...NOTHING_WRONG,
    notes: {
      en: 'Busy, but every call still answers: no cause for alarm.',
      zh: '很忙，但每个调用都有应答：无需告警。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    await copyAtFullSpeed(lab.workspace, await lab.disk(128));
    return { ...idle, subjects: [], look: [...idle.look, 'cat /proc/pressure/io'] };
  },
};
