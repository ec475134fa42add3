import { BRISKLY, type ClusterScenario } from '../scenario.ts';
import { stageShortDisk } from './disk-full.ts';

const { timing, shortened } = BRISKLY;
const MIB = 1024 * 1024;

export const diskPressure: ClusterScenario = {
  name: 'disk-pressure',
  title: {
    en: 'the filesystem of the kubelet’s own directory is below the eviction threshold, and not full',
    zh: 'kubelet 自身目录所在的文件系统低于驱逐阈值，但未满',
  },
  runtime: 'docker',
  timing,
  alone: true,
  truth: {
    cause: 'disk-full',
    subjects: ['mount'],
    exitCode: 1,
    ready: 'True',
    shortened,
    notes: {
      en: 'DiskPressure is True and pods are evicted. That is wrong and worth a word, and takes Ready away from no node.',
      zh: 'DiskPressure 为 True，Pod 被驱逐。这有问题、值得指出，但不会让节点失去 Ready。',
    },
  },
  inject: (cluster, lab) => stageShortDisk(cluster, lab, 3 * MIB),
};
