import { stopProcess } from '../faults/stop-process.ts';
import { untilZombie } from '../faults/writer.ts';
import { identify, signal } from '../processes.ts';
import type { Scenario } from '../scenario.ts';
import { shimOf } from '../shims.ts';
import { runIdle } from './healthy.ts';

export const zombieNotReaped: Scenario = {
  name: 'zombie-not-reaped',
  title: {
    en: 'a shim is stopped and the init of its container ends: nobody reaps it',
    zh: 'shim 被停住，其容器的 init 随后退出：没有人回收它',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'zombie-not-reaped',
    subjects: ['process', 'container'],
    exitCode: 1,
    notes: {
      en: 'No thread is in D. The runtime goes on calling the container running; its status still answers.',
      zh: '没有线程处于 D 状态。运行时仍认为容器在运行，其状态查询照常应答。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 1);
    const { api, endpoint } = await lab.dockerd();
    lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: 'unreaped' });
    const id = await api.run({ name: 'unreaped' });
    const pid = (await api.inspect(id)).State.Pid;
    const shim = shimOf(pid);
    const heal = await stopProcess(lab.workspace, shim);
    signal(identify(pid), 'SIGKILL');
    await untilZombie(pid);
    return {
      endpoints: [endpoint],
      subjects: [
        { kind: 'process', anyOf: [pid] },
        { kind: 'container', anyOf: [id] },
      ],
      look: [...idle.look, `ps -o pid,ppid,stat,comm -p ${pid},${shim.pid}`],
      heal,
    };
  },
};
