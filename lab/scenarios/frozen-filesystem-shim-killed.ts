import { killProcess } from '../faults/stop-process.ts';
import { untilAdopted } from '../faults/writer.ts';
import type { Scenario } from '../scenario.ts';
import { shimOf } from '../shims.ts';
import { stageFrozenZombie } from './frozen-filesystem.ts';

export const frozenFilesystemShimKilled: Scenario = {
  name: 'frozen-filesystem-shim-killed',
  title: {
    en: 'the same, and then the shim is killed: PID 1 adopts the zombie',
    zh: '同上，随后 shim 被杀：僵尸进程由 PID 1 收养',
  },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    cause: 'storage-unresponsive',
    subjects: ['mount', 'process', 'thread'],
    exitCode: 1,
    remedies: { work: ['thaw-filesystem'], useless: ['kill-process'] },
    notes: {
      en: 'Killing the shim frees nothing: the zombie stays for as long as its threads are in the kernel.',
      zh: '杀掉 shim 什么也释放不了：只要线程还在内核中，僵尸就一直在。',
    },
  },
  run: async (lab) => {
    const staged = await stageFrozenZombie(lab);
    const shim = shimOf(staged.init);
    await killProcess(shim);
    await untilAdopted(staged.init, shim);
    return staged;
  },
};
