import { freezeFilesystem } from '../faults/freeze.ts';
import { runWriter, untilStuck, untilZombie } from '../faults/writer.ts';
import type { Lab } from '../lab.ts';
import type { Scenario, Staged } from '../scenario.ts';

/** A container whose init is a zombie, for its threads wait in the kernel for a frozen filesystem. */
export async function stageFrozenZombie(lab: Lab): Promise<Staged & { init: number; container: string }> {
  const dockerd = await lab.dockerd();
  const disk = await lab.disk();
  const { journal } = lab.workspace;
  journal.register({ kind: 'remove-container', socket: dockerd.api.socket, container: 'frozen-writer' });
  const { id, pid } = await runWriter(dockerd, disk.mountPoint, { name: 'frozen-writer' });
  const thaw = await freezeFilesystem(lab.workspace, disk);
  const threads = await untilStuck(pid, 4);
  dockerd.api.stopInBackground(id, 'kill');
  await untilZombie(pid);
  return {
    init: pid,
    container: id,
    endpoints: [dockerd.endpoint],
    subjects: [
      { kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] },
      { kind: 'container', anyOf: [id] },
      { kind: 'process', anyOf: [pid] },
      { kind: 'thread', anyOf: threads },
    ],
    look: [
      `ps -L -o pid,tid,ppid,stat,wchan:32,comm -p ${pid}`,
      `grep . /proc/${pid}/task/*/wchan`,
      `docker -H ${dockerd.endpoint} ps -a`,
      `findmnt ${disk.mountPoint}`,
    ],
    heal: thaw,
  };
}

export const frozenFilesystem: Scenario = {
  name: 'frozen-filesystem',
  title: {
    en: 'a container writes to a filesystem that is frozen; killed, its init stays a zombie under its shim',
    zh: '容器写入的文件系统被冻结；容器被 kill 后，init 以僵尸状态留在 shim 之下',
  },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    cause: 'storage-unresponsive',
    subjects: ['mount', 'container', 'process', 'thread'],
    exitCode: 1,
    remedies: { work: ['thaw-filesystem'], useless: ['kill-process', 'kill-shim', 'run-with-init'] },
    notes: {
      en: 'Only a thaw helps. kill -9, ending the shim, and the --init that dockerd advises do not.',
      zh: '只有解冻有效。kill -9、结束 shim 以及 dockerd 建议的 --init 都无效。',
    },
  },
  run: stageFrozenZombie,
};
