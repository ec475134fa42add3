import { randomUUID } from 'node:crypto';
import { stopProcess } from '../../lab/faults/stop-process.ts';
import type { Lab } from '../../lab/lab.ts';
import { dockershimContainer, type PodIdentity } from '../../lab/pod.ts';
import { shimOf } from '../../lab/shims.ts';
import { until } from '../../lab/wait.ts';

/** A pod as dockershim makes it: its sandbox and one container. */
export async function dockerPod(lab: Lab, name: string): Promise<PodIdentity & { sandbox: string; main: string }> {
  const { api } = await lab.dockerd();
  const pod = { name, namespace: 'default', uid: randomUUID() };
  const made = async (container: ReturnType<typeof dockershimContainer>): Promise<string> => {
    lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: container.name });
    return api.run(container);
  };
  const sandbox = await made(dockershimContainer(pod, 'POD'));
  return { ...pod, sandbox, main: await made(dockershimContainer(pod, 'main', 0, sandbox)) };
}

/** Stops the shim of a container with a kill in flight: its status hangs from then on. @returns what heals it */
export async function hangContainer(lab: Lab, id: string): Promise<() => void> {
  const { api } = await lab.dockerd();
  const heal = await stopProcess(lab.workspace, shimOf((await api.inspect(id)).State.Pid));
  api.stopInBackground(id, 'kill');
  await until({ en: 'its status to hang', zh: '其状态调用卡住' }, () =>
    api.inspect(id, 700).then(
      () => false,
      () => true,
    ),
  );
  return heal;
}
