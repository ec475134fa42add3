import { squeezePids } from '../faults/squeeze.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const pidSqueeze: Scenario = {
  name: 'pid-squeeze',
  title: {
    en: 'the cgroup of dockerd and containerd may have no more tasks',
    zh: 'dockerd 与 containerd 所在 cgroup 的任务数已达上限',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'pid-exhaustion',
    subjects: ['cgroup'],
    exitCode: 1,
    notes: { en: 'What runs goes on; nothing can be started.', zh: '已在运行的继续运行；新的都无法启动。' },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 3);
    const { api } = await lab.dockerd();
    const id = await api.create({ name: 'unstartable' });
    const path = await squeezePids(lab.workspace);
    await api.start(id).catch(() => undefined);
    return {
      endpoints: idle.endpoints,
      subjects: [{ kind: 'cgroup', anyOf: [`/${lab.workspace.name}/daemons`] }],
      look: [
        `${idle.look[0]?.replace(/ps$/, 'start unstartable')}`,
        `head ${path}/pids.max ${path}/pids.current ${path}/pids.events`,
      ],
    };
  },
};
