import { LabError } from '../errors.ts';
import { relistInBackground } from '../faults/background.ts';
import { squeezeCpu } from '../faults/squeeze.ts';
import type { Lab } from '../lab.ts';
import type { DockerApi } from '../runtimes/docker-api.ts';
import type { Scenario } from '../scenario.ts';
import { sleep } from '../wait.ts';
import { runIdle } from './healthy.ts';

export const cpuSqueeze: Scenario = {
  name: 'cpu-squeeze',
  title: {
    en: 'the cgroup of dockerd and containerd gets one per cent of a CPU or less',
    zh: 'dockerd 与 containerd 所在 cgroup 只分到 1% 或更少的 CPU',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'cpu-starvation',
    subjects: ['component'],
    exitCode: 1,
    notes: { en: 'Every call answers, seconds late.', zh: '每个调用都有应答，但要迟好几秒。' },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 5);
    const { api, daemon, containerd } = await lab.dockerd();
    for (let i = 0; i < 2; i += 1) relistInBackground(lab.workspace, api.socket);
    const path = await squeezeUntilSlow(lab, api);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'component', anyOf: [daemon.id.pid, containerd.pid] }],
      look: [`time ${idle.look[0]}`, `cat ${path}/cpu.stat`],
    };
  },
};

/** How little is little depends on the machine: less and less, until calls are slow. */
export async function squeezeUntilSlow(lab: Lab, api: DockerApi): Promise<string> {
  for (const share of [0.01, 0.005, 0.0025]) {
    const path = squeezeCpu(lab.workspace, share);
    for (let looks = 0; looks < 20; looks += 1) {
      if (await isSlow(api)) return path;
      await sleep(200);
    }
  }
  throw new LabError({
    en: 'calls do not become slow on a quarter per cent of a CPU',
    zh: '只分到 0.25% 的 CPU，调用仍未变慢',
  });
}

/** Whether the list call, which everyone needs, takes longer than the kubelet's relist period. No answer is slow too. */
export async function isSlow(api: DockerApi, slowMs = 1000): Promise<boolean> {
  const startedAt = Date.now();
  await api.call('GET', '/containers/json?all=1', undefined, 5000).catch(() => undefined);
  return Date.now() - startedAt > slowMs;
}
