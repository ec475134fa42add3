import type { Scenario } from '../scenario.ts';
import { NOTHING_WRONG, runIdle } from './healthy.ts';

export const pausedContainer: Scenario = {
  name: 'paused-container',
  title: { en: 'a container is paused, as docker pause does it', zh: '一个容器被 docker pause 暂停' },
  needs: ['docker', 'cgroups'],
  truth: {
    ...NOTHING_WRONG,
    notes: {
      en: 'On cgroup v1 its tasks show D in __refrigerator: on purpose, not stuck.',
      zh: '在 cgroup v1 上其任务显示为 D（__refrigerator）：这是有意为之，不是卡死。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 2);
    const { api } = await lab.dockerd();
    await api.call('POST', `/containers/${idle.ids[0]}/pause`);
    return { ...idle, subjects: [] };
  },
};
