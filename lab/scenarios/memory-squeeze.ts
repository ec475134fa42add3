import { relistInBackground } from '../faults/background.ts';
import { squeezeMemory } from '../faults/squeeze.ts';
import type { Lab } from '../lab.ts';
import type { DockerApi } from '../runtimes/docker-api.ts';
import type { Scenario } from '../scenario.ts';
import { sleep } from '../wait.ts';
import { isSlow } from './cpu-squeeze.ts';
import { runIdle } from './healthy.ts';

export const memorySqueeze: Scenario = {
  name: 'memory-squeeze',
  title: {
    en: 'the cgroup of dockerd and containerd is at its memory limit',
    zh: 'dockerd 与 containerd 所在 cgroup 已达内存上限',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'memory-pressure',
    subjects: ['cgroup'],
    exitCode: 1,
    notes: {
      en: 'Every allocation waits for memory to be given back; the host itself has plenty.',
      zh: '每次内存分配都要等待回收；主机本身内存充足。',
    },
  },
  run: async (lab) => {
    const { api, endpoint } = await lab.dockerd({ ownBinaries: true });
    const idle = await runIdle(lab, 3);
    for (let i = 0; i < 2; i += 1) relistInBackground(lab.workspace, api.socket);
    const path = await squeezeUntilSlow(lab, api);
    return {
      endpoints: [endpoint],
      subjects: [{ kind: 'cgroup', anyOf: [`/${lab.workspace.name}/daemons`] }],
      look: [`time timeout 10 ${idle.look[0]}`, `head ${path}/memory.*`],
    };
  },
};

const MIB = 1024 * 1024;

const IN_A_ROW = 3;

/** Tighter and tighter until calls stay slow: how much is too little differs from machine to machine. */
async function squeezeUntilSlow(lab: Lab, api: DockerApi): Promise<string> {
  for (let besides = 40; ; besides -= 4) {
    const path = squeezeMemory(lab.workspace, Math.max(besides, 2) * MIB);
    await sleep(1000);
    if (besides <= 2 || (await staysSlow(api))) return path;
  }
}

/** One slow call may only be the first after a limit was lowered. */
async function staysSlow(api: DockerApi): Promise<boolean> {
  for (let i = 0; i < IN_A_ROW; i += 1) {
    if (!(await isSlow(api))) return false;
    await sleep(200);
  }
  return true;
}
