// Runs as a process of its own: `node relist-loop.ts SOCKET`. Stands in for the kubelet's PLEG, which every second lists
// all containers and asks for the status of those that changed; here of all.
import { DockerApi } from '../runtimes/docker-api.ts';
import { sleep } from '../wait.ts';

const api = new DockerApi(process.argv[2] ?? '');
for (;;) {
  await relist();
  await sleep(1000);
}

async function relist(): Promise<void> {
  try {
    const containers = await api.call<{ Id: string }[]>('GET', '/containers/json?all=1', undefined, 120_000);
    for (const { Id } of containers) await api.inspect(Id, 120_000);
  } catch (error) {
    // As with the kubelet: the next relist tries again.
    if (!(error instanceof Error)) throw error;
  }
}
