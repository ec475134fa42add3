import { realpathSync } from 'node:fs';
import { freezeFilesystem } from '../../faults/freeze.ts';
import { untilStuck, untilWriting, untilZombie, writerWorkload } from '../../faults/writer.ts';
import { createPod, NAMESPACE, untilRunning } from '../pods.ts';
import { BRISKLY, type ClusterScenario } from '../scenario.ts';
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
  inject: async (cluster, lab) => {
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
    await createPod(cluster, POD, [{ name: 'writer', command: cmd, volumeMounts }], hostPaths);
    const id = await untilRunning(cluster, POD, 'writer');
    const pid = (await api.inspect(id)).State.Pid;
    await untilWriting(pid);
    await freezeFilesystem(lab.workspace, disk);
    const threads = await untilStuck(pid, 4);
    await cluster.kubectl.do('delete', 'pod', POD, '-n', NAMESPACE, '--force', '--grace-period=0', '--wait=false');
    await untilZombie(pid);
    return {
      ...calm,
      subjects: [
        { kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] },
        { kind: 'container', anyOf: [id] },
        { kind: 'process', anyOf: [pid] },
        { kind: 'thread', anyOf: threads },
      ],
    };
  },
};
