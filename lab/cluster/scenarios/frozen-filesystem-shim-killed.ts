import { killProcess } from '../../faults/stop-process.ts';
import { untilAdopted } from '../../faults/writer.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { stageFrozenPod } from './frozen-filesystem.ts';

const { timing, shortened } = BRISKLY;

export const frozenFilesystemShimKilled: ClusterScenario = {
  name: 'frozen-filesystem-shim-killed',
  title: {
    en: 'the same, and then the shim is killed: PID 1 adopts the zombie',
    zh: '同上，随后 shim 被杀：僵尸进程由 PID 1 收养',
  },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'storage-unresponsive',
    // Not the mount: once a minute the kubelet collects dead containers. With the container's root its mount points are
    // removed, and with them the mounts from the zombie's view (__detach_mounts in fs/namespace.c): nothing names the disk.
    subjects: ['process', 'thread'],
    exitCode: 1,
    // The runtime now takes the container for ended, and the kubelet's relist passes.
    ready: 'True',
    shortened,
    remedies: { work: ['thaw-filesystem'], useless: ['kill-process'] },
    notes: {
      en: 'Neither the API server nor the runtime knows the container any more; its zombie stays for as long as its threads are in the kernel.',
      zh: 'API server 与运行时都已不认得这个容器；只要线程还在内核中，它的僵尸进程就一直在。',
    },
  },
  inject: async (cluster, lab) => {
    const { staged, init, shim } = await stageFrozenPod(cluster, lab, 'adopted-writer');
    await killProcess(shim);
    await untilAdopted(init, shim);
    return staged;
  },
};
