import { hangStatus } from '../faults/hang-status.ts';
import type { Lab } from '../lab.ts';
import type { Scenario, Staged } from '../scenario.ts';
import { shimOf } from '../shims.ts';
import { runIdle } from './healthy.ts';

/** A container whose shim is stopped while a kill is in flight. */
export async function stageStoppedShim(lab: Lab): Promise<Staged> {
  const idle = await runIdle(lab, 1);
  const { api, endpoint } = await lab.dockerd();
  lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: 'hung' });
  const id = await api.run({ name: 'hung' });
  const shim = shimOf((await api.inspect(id)).State.Pid);
  const resume = await hangStatus(lab, id);
  return {
    endpoints: [endpoint],
    subjects: [{ kind: 'container', anyOf: [id] }],
    look: [
      ...idle.look,
      `timeout 3 docker -H ${endpoint} inspect hung || echo no answer`,
      `ps -o pid,ppid,stat,args -p ${shim.pid}`,
    ],
    heal: resume,
  };
}

export const stoppedShim: Scenario = {
  name: 'stopped-shim',
  title: {
    en: 'a shim is stopped with a kill of its container in flight',
    zh: 'shim 被停住，同时对其容器的 kill 尚未返回',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'container-status-hung',
    subjects: ['container'],
    exitCode: 1,
    // Its list calls are fast, so it is not the runtime as a whole.
    ruledOut: ['runtime-unresponsive', 'runtime-down'],
    notes: {
      en: 'docker ps answers in milliseconds; docker inspect of that one container never does.',
      zh: 'docker ps 毫秒级返回；唯独对该容器的 docker inspect 永不返回。',
    },
  },
  run: stageStoppedShim,
};
