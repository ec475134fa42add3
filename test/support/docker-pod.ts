import { randomUUID } from 'node:crypto';
import type { Lab } from '../../lab/lab.ts';
import { dockershimContainer, type PodIdentity } from '../../lab/pod.ts';

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
