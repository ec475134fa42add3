import { LabError } from '../errors.ts';
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

const BESIDES_BYTES = 2 * 1024 * 1024;
const MOST_RELISTS = 24;
/** Well beyond what a diagnosis calls slow, since it comes and goes. */
const SLOW_MS = 2000;
const IN_A_ROW = 3;
/** Lowering a limit makes the next calls slow by itself. */
const SETTLE_MS = 2500;

/** As little as they can live on, and more and more work that asks for it: how much is too much differs from disk to disk. */
async function squeezeUntilSlow(lab: Lab, api: DockerApi): Promise<string> {
  const path = squeezeMemory(lab.workspace, BESIDES_BYTES);
  await sleep(SETTLE_MS);
  for (let relists = 2; relists <= MOST_RELISTS; relists += 2) {
    relistInBackground(lab.workspace, api.socket);
    relistInBackground(lab.workspace, api.socket);
    await sleep(500);
    if (await staysSlow(api)) return path;
  }
  throw new LabError({
    en: 'the runtime stays quick however little memory it has',
    zh: '无论内存多少，运行时始终很快',
  });
}

/** One slow call may only be the first after a limit was lowered. */
async function staysSlow(api: DockerApi): Promise<boolean> {
  for (let i = 0; i < IN_A_ROW; i += 1) {
    if (!(await isSlow(api, SLOW_MS))) return false;
    await sleep(200);
  }
  return true;
}
