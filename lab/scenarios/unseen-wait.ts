import type { Scenario } from '../scenario.ts';
import { stageFrozenZombie } from './frozen-filesystem.ts';

export const unseenWait: Scenario = {
  name: 'unseen-wait',
  title: {
    en: 'threads wait for a frozen filesystem, and the examination may not see what they wait for',
    zh: '线程卡在冻结的文件系统上，而检查者无权查看它们在等什么',
  },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    cause: 'unkillable-process',
    subjects: ['container', 'process', 'thread'],
    exitCode: 1,
    remedies: { work: ['reboot'], useless: ['kill-process'] },
    notes: {
      en: 'Without capabilities neither stack nor wait channel nor mounts of a container can be read: no guess is made.',
      zh: '没有 capability 时，容器线程的内核栈、wchan 和挂载信息都读不到：此时不作猜测。',
    },
  },
  run: async (lab) => ({
    ...(await stageFrozenZombie(lab)),
    under: ['setpriv', '--inh-caps=-all', '--bounding-set=-all'],
  }),
};
