import { fillDisk } from '../faults/fill-disk.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const diskFull: Scenario = {
  name: 'disk-full',
  title: { en: "the filesystem that holds docker's data is full", zh: '存放 docker 数据的文件系统已满' },
  needs: ['docker', 'loop', 'cgroups'],
  truth: {
    cause: 'disk-full',
    subjects: ['mount'],
    exitCode: 1,
    notes: { en: 'What runs goes on; nothing can be created.', zh: '已在运行的继续运行；新的都无法创建。' },
  },
  run: async (lab) => {
    const disk = await lab.disk(96);
    const { api } = await lab.dockerd({ dataRoot: disk.mountPoint });
    const idle = await runIdle(lab, 2);
    const heal = fillDisk(lab.workspace, disk);
    await api.run({ name: 'uncreatable' }).catch(() => undefined);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] }],
      look: [
        `df ${disk.mountPoint}`,
        `${idle.look[0]?.replace(/ps$/, 'run --rm notready-lab/busybox:1 /bin/busybox true')}`,
      ],
      heal,
    };
  },
};
