import type { ClusterScenario } from '../scenario.ts';
import { hangOneOfThree, hungShim } from './hung-shim.ts';

/** {@link hungShim} over its whole course. */
export const incident: ClusterScenario = {
  ...hungShim,
  name: 'incident',
  title: {
    en: 'a pod of three containers, one crash-looping, one hung: the node flaps',
    zh: '三个容器的 Pod，一个崩溃循环，一个卡住：节点反复抖动',
  },
  truth: {
    ...hungShim.truth,
    ready: 'False',
    // Kubelet 1.20 asks for the pod twice in each relist, 2 minutes in vain each time, and relists again a second later.
    // It tells its status every 10 s.
    flaps: { losses: 2, periodSeconds: 241, toleranceSeconds: 12 },
    notes: {
      en: 'Each relist waits twice for the hung container, 2 minutes each time; Ready is lost when it is older than 3 minutes.',
      zh: '每次 relist 都要等待卡住的容器两次，每次 2 分钟；超过 3 分钟时节点失去 Ready。',
    },
  },
  inject: hangOneOfThree,
};
