import { runCrashLoop } from '../faults/crash-loop.ts';
import type { Scenario } from '../scenario.ts';
import { NOTHING_WRONG, runIdle } from './healthy.ts';

export const crashLoopAlone: Scenario = {
  name: 'crash-loop-alone',
  title: { en: 'one container crash-loops on a healthy runtime', zh: '健康的运行时上有一个容器反复崩溃' },
  needs: ['docker', 'cgroups'],
  truth: {
    ...NOTHING_WRONG,
    notes: {
      en: "Its own trouble, not the node's: a crash loop takes Ready away only beside a hung container.",
      zh: '这是容器自身的问题，不是节点的：只有旁边存在卡死的容器时，崩溃循环才会让节点失去 Ready。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 1);
    await runCrashLoop(lab.workspace, await lab.dockerd(), { name: 'crasher' });
    return { ...idle, subjects: [] };
  },
};
