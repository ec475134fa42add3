import { randomUUID } from 'node:crypto';
import { freezeFilesystem } from './faults/freeze.ts';
import { runWriter, untilStuck, untilZombie } from './faults/writer.ts';
import type { Lab } from './lab.ts';
import { dockershimContainer, type PodIdentity } from './pod.ts';
import type { Dockerd } from './runtimes/dockerd.ts';
import type { Staged } from './scenario.ts';
import { until } from './wait.ts';

const CRASHES = 4;

/**
 * The incident that notready starts from: a Prometheus pod of three containers by dockershim's names. One crash-loops,
 * as the kubelet would start it again; one writes to a filesystem that freezes, is killed, and stays a zombie.
 */
export async function stageIncident(lab: Lab): Promise<Staged & { zombie: number; heal: () => void }> {
  const dockerd = await lab.dockerd();
  const { api, endpoint } = dockerd;
  const disk = await lab.disk();
  const pod = { name: 'prometheus-k8s-0', namespace: 'monitoring', uid: randomUUID() };
  const sandbox = await api.run({ ...registered(lab, dockerd, pod, 'POD'), oomScoreAdj: -998 });
  const writer = await runWriter(dockerd, disk.mountPoint, registered(lab, dockerd, pod, 'prometheus', 0, sandbox));
  await api.run(registered(lab, dockerd, pod, 'alertmanager', 0, sandbox));
  await crash(lab, dockerd, pod, sandbox);
  const heal = await freezeFilesystem(lab.workspace, disk);
  const threads = await untilStuck(writer.pid, 4);
  api.stopInBackground(writer.id, 'stop?t=0');
  await untilZombie(writer.pid);
  return {
    zombie: writer.pid,
    endpoints: [endpoint],
    subjects: [
      { kind: 'mount', anyOf: [disk.mountPoint, disk.deviceNumber, disk.device] },
      { kind: 'container', anyOf: [writer.id] },
      { kind: 'process', anyOf: [writer.pid] },
      { kind: 'thread', anyOf: threads },
    ],
    look: [
      `docker -H ${endpoint} ps -a`,
      `ps -L -o pid,tid,ppid,stat,wchan:32,comm -p ${writer.pid}`,
      `kill -9 ${writer.pid}    # does nothing`,
    ],
    heal,
  };
}

/** The third container ends at once, again and again; each attempt is a container of its own, as with the kubelet. */
async function crash(lab: Lab, dockerd: Dockerd, pod: PodIdentity, sandbox: string): Promise<void> {
  for (let attempt = 0; attempt < CRASHES; attempt += 1) {
    const id = await dockerd.api.run({
      ...registered(lab, dockerd, pod, 'config-reloader', attempt, sandbox),
      cmd: ['/bin/busybox', 'sh', '-c', 'echo cannot read the configuration; exit 1'],
    });
    await until({ en: 'the container to crash', zh: '容器崩溃' }, async () => {
      return (await dockerd.api.inspect(id)).State.Status === 'exited';
    });
  }
}

function registered(
  lab: Lab,
  dockerd: Dockerd,
  pod: PodIdentity,
  container: string,
  attempt = 0,
  sandbox?: string,
): ReturnType<typeof dockershimContainer> {
  const made = dockershimContainer(pod, container, attempt, sandbox);
  lab.workspace.journal.register({ kind: 'remove-container', socket: dockerd.api.socket, container: made.name });
  return made;
}
