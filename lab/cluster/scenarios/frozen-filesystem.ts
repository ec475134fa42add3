import { realpathSync } from 'node:fs';
import { freezeFilesystem } from '../../faults/freeze.ts';
import { untilStuck, untilWriting, untilZombie, writerWorkload } from '../../faults/writer.ts';
import type { Lab } from '../../lab.ts';
import type { ProcessId } from '../../processes.ts';
import { shimOf } from '../../shims.ts';
import type { Cluster } from '../cluster.ts';
import { createPod, NAMESPACE, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario, type ClusterStaged } from '../scenario.ts';
import { runCalmPod } from './healthy-pod.ts';

const { timing, shortened } = BRISKLY;
const POD = 'frozen-writer';

export const frozenFilesystem: ClusterScenario = {
  name: 'frozen-filesystem',
  title: {
    en: 'a pod writes to a frozen filesystem and was deleted by force; its container cannot be killed',
    zh: 'Pod 写入的文件系统被冻结，随后被强制删除；其容器杀不掉',
  },
  runtime: 'docker',
  timing,
  truth: {
    cause: 'storage-unresponsive',
    subjects: ['mount', 'container', 'process', 'thread'],
    exitCode: 1,
    // Only later, when a call about the container holds up a relist for 3 minutes.
    ready: 'True',
    shortened,
    remedies: { work: ['thaw-filesystem'], useless: ['kill-process', 'kill-shim'] },
    notes: {
      en: 'The API server knows the pod no more; the node still has it.',
      zh: 'API server 里已没有这个 Pod，节点上却还在。',
    },
  },
  inject: async (cluster, lab) => (await stageFrozenPod(cluster, lab, POD)).staged,
};

/** A pod that is deleted by force while it writes to a frozen filesystem: a zombie, held by its own threads. */
export async function stageFrozenPod(
  cluster: Cluster,
  lab: Lab,
  pod: string,
): Promise<{ readonly staged: ClusterStaged; readonly init: number; readonly shim: ProcessId }> {
  const calm = await runCalmPod(cluster);
  const { api } = await lab.dockerd();
  const disk = await lab.disk();
  const { cmd } = writerWorkload(disk.mountPoint);
  const volumeMounts = [
    { name: 'usr', mountPath: '/usr', readOnly: true },
    { name: 'node', mountPath: '/opt/node', readOnly: true },
    { name: 'data', mountPath: '/data' },
  ];
  const hostPaths = { usr: '/usr', node: realpathSync(process.execPath), data: disk.mountPoint };
  await createPod(cluster, pod, [{ name: 'writer', command: cmd, volumeMounts }], hostPaths);
  const id = await untilRunning(cluster, pod, 'writer');
  const init = (await api.inspect(id)).State.Pid;
  const shim = shimOf(init);
  await untilWriting(init);
  await freezeFilesystem(lab.workspace, disk);
  const threads = await untilStuck(init, 4);
  await cluster.kubectl.do('delete', 'pod', pod, '-n', NAMESPACE, '--force', '--grace-period=0', '--wait=false');
  await untilZombie(init);
  const subjects: ClusterStaged['subjects'] = [
    { kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] },
    { kind: 'container', anyOf: [id] },
    { kind: 'process', anyOf: [init] },
    { kind: 'thread', anyOf: threads },
  ];
  return { staged: { ...calm, subjects }, init, shim };
}
