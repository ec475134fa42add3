import { stopProcess } from '../faults/stop-process.ts';
import type { Scenario } from '../scenario.ts';
import { stageDeadFuse } from './dead-fuse.ts';
import { stageFrozenZombie } from './frozen-filesystem.ts';
import { stageStoppedShim } from './stopped-shim.ts';

export const everythingAtOnce: Scenario = {
  name: 'everything-at-once',
  title: {
    en: 'a frozen filesystem, a dead FUSE mount, a stopped shim and a stopped dockerd together',
    zh: '冻结的文件系统、失联的 FUSE 挂载、停住的 shim 与停住的 dockerd 同时出现',
  },
  needs: ['docker', 'loop', 'fuse', 'cgroups'],
  truth: {
    // dockerd as a whole is what takes Ready away here; the storage is a fault of its own beside it.
    cause: 'runtime-unresponsive',
    alsoConfirmed: ['storage-unresponsive'],
    subjects: ['component'],
    exitCode: 1,
    notes: {
      en: 'The diagnosis must end within its budget and say what it could not read.',
      zh: '诊断必须在时间预算内结束，并说明哪些内容未能读取。',
    },
  },
  run: async (lab) => {
    const frozen = await stageFrozenZombie(lab);
    const fuse = await stageDeadFuse(lab);
    const shim = await stageStoppedShim(lab);
    const { daemon, endpoint } = await lab.dockerd();
    await stopProcess(lab.workspace, daemon.id);
    return {
      endpoints: [endpoint],
      subjects: [{ kind: 'component', anyOf: ['dockerd', daemon.id.pid] }],
      look: [...frozen.look.slice(0, 2), ...fuse.look, ...shim.look.slice(-1)],
    };
  },
};
