import { fillDisk } from '../../faults/fill-disk.ts';
import type { Lab } from '../../lab.ts';
import type { Cluster } from '../cluster.ts';
import { moveToDisk, untilDiskPressure } from '../kubelet-disk.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;

export const diskFull: ClusterScenario = {
  name: 'disk-full',
  title: {
    en: 'the filesystem of the kubelet’s own directory is full',
    zh: 'kubelet 自身目录所在的文件系统已满',
  },
  runtime: 'docker',
  timing,
  alone: true,
  truth: {
    cause: 'disk-full',
    subjects: ['mount'],
    exitCode: 1,
    // DiskPressure and evictions leave Ready as it is.
    ready: 'True',
    shortened,
    notes: {
      en: 'DiskPressure turns True, pods are evicted and none can start; the node stays Ready.',
      zh: 'DiskPressure 变为 True，Pod 被驱逐、新的起不来；节点仍为 Ready。',
    },
  },
  inject: (cluster, lab) => stageShortDisk(cluster, lab),
};

/** A pod on a kubelet whose own disk is filled, seen by the kubelet too. */
export async function stageShortDisk(cluster: Cluster, lab: Lab, leaveBytes?: number): Promise<ClusterStaged> {
  const { disk, moveBack } = await moveToDisk(cluster, lab);
  const calm = await runCalmPod(cluster);
  fillDisk(lab.workspace, disk, leaveBytes);
  await untilDiskPressure(cluster);
  return {
    ...calm,
    subjects: [{ kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] }],
    look: [...calm.look, `df ${disk.mountPoint}`],
    heal: moveBack,
  };
}
