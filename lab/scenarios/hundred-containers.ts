import type { Scenario } from '../scenario.ts';
import { NOTHING_WRONG, runIdle } from './healthy.ts';

export const hundredContainers: Scenario = {
  name: 'hundred-containers',
  title: { en: 'a hundred healthy containers', zh: '一百个健康的容器' },
  needs: ['docker', 'cgroups'],
  truth: {
    ...NOTHING_WRONG,
    notes: { en: 'Many, but each answers at once: no cause for alarm.', zh: '数量多，但个个即时应答：无需告警。' },
  },
  run: async (lab) => ({ ...(await runIdle(lab, 100)), subjects: [] }),
};
