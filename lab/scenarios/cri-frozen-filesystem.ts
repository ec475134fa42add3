import { LabError } from '../errors.ts';
import { freezeFilesystem } from '../faults/freeze.ts';
import { untilStuck, untilWriting, untilZombie, writerWorkload } from '../faults/writer.ts';
import type { Scenario } from '../scenario.ts';
import { frozenFilesystem } from './frozen-filesystem.ts';

export const criFrozenFilesystem: Scenario = {
  name: 'cri-frozen-filesystem',
  title: {
    en: 'on containerd: a pod writes to a filesystem that is frozen; stopped, its init stays a zombie',
    zh: 'containerd 上：Pod 写入的文件系统被冻结；停止后 init 仍是僵尸',
  },
  needs: ['containerd', 'loop', 'cgroups'],
  truth: {
    ...frozenFilesystem.truth,
    // The advice to use --init is dockerd's alone.
    remedies: { work: ['thaw-filesystem'], useless: ['kill-process', 'kill-shim'] },
  },
  run: async (lab) => {
    const { endpoint, socket, pods } = await lab.containerd();
    const disk = await lab.disk();
    const pod = await pods.run('prometheus-0', [
      { name: 'config-reloader' },
      { name: 'writer', ...writerWorkload(disk.mountPoint) },
    ]);
    const writer = pod.containers.at(-1);
    if (!writer) throw new LabError({ en: 'the pod has no writer', zh: 'Pod 中没有写入容器' });
    await untilWriting(writer.pid);
    const heal = await freezeFilesystem(lab.workspace, disk);
    const threads = await untilStuck(writer.pid, 4);
    pods.stopInBackground(writer.id);
    await untilZombie(writer.pid);
    return {
      endpoints: [endpoint],
      subjects: [
        { kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] },
        { kind: 'container', anyOf: [writer.id] },
        { kind: 'process', anyOf: [writer.pid] },
        { kind: 'thread', anyOf: threads },
      ],
      look: [
        `ps -L -o pid,tid,ppid,stat,wchan:32,comm -p ${writer.pid}`,
        `timeout 3 ctr -a ${socket} -n k8s.io tasks list`,
        `findmnt ${disk.mountPoint}`,
      ],
      heal,
    };
  },
};
