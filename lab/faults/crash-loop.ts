import type { NewContainer } from '../runtimes/docker-api.ts';
import type { Dockerd } from '../runtimes/dockerd.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';

/** A container that ends at once and that dockerd starts again and again, with growing pauses. @returns its id */
export async function runCrashLoop(
  workspace: Workspace,
  dockerd: Dockerd,
  container: NewContainer & { name: string },
): Promise<string> {
  workspace.journal.register({ kind: 'remove-container', socket: dockerd.api.socket, container: container.name });
  const id = await dockerd.api.run({
    ...container,
    cmd: ['/bin/busybox', 'sh', '-c', 'echo starting; exit 1'],
    restart: 'always',
  });
  await until(
    { en: 'three restarts', zh: '三次重启' },
    async () => (await dockerd.api.inspect(id)).RestartCount >= 3,
    30_000,
    200,
  );
  return id;
}
