import type { DockerApi } from '../../runtimes/docker-api.ts';
import { sleep } from '../../wait.ts';
import type { Cluster } from '../cluster.ts';
import { createPod, NAMESPACE, untilRunning } from '../pods.ts';

/** Long enough for two generators to see a container run. */
const LIFE_S = 6;
const CRASHES = ['/bin/busybox', 'sh', '-c', `sleep ${LIFE_S}; exit 1`];

/** A pod that crashes over and over, from now on. */
export async function startCrashing(cluster: Cluster): Promise<void> {
  await createPod(cluster, 'churn-crash', [{ name: 'crash', command: CRASHES }, { name: 'calm' }]);
}

/**
 * Starts, kills, deletions and force deletions of pods, one after the other, for so long.
 * @param from rounds made before
 * @returns rounds made by now
 */
export async function churn(cluster: Cluster, api: DockerApi, ms: number, from = 0): Promise<number> {
  const end = Date.now() + ms;
  let rounds = from;
  while (Date.now() < end) {
    rounds += 1;
    const [deleted, forced] = [`churn-deleted-${rounds}`, `churn-forced-${rounds}`];
    await createPod(cluster, deleted, [{ name: 'main' }, { name: 'side' }]);
    await createPod(cluster, forced, [{ name: 'main' }]);
    const main = await untilRunning(cluster, deleted, 'main');
    await untilRunning(cluster, forced, 'main');
    await sleep(LIFE_S * 500);
    // The kubelet starts it anew.
    await api.call('POST', `/containers/${main}/kill`);
    await sleep(LIFE_S * 500);
    await cluster.kubectl.run([
      'delete',
      'pod',
      forced,
      '-n',
      NAMESPACE,
      '--force',
      '--grace-period=0',
      '--wait=false',
    ]);
    await cluster.kubectl.run(['delete', 'pod', deleted, '-n', NAMESPACE, '--wait=false']);
    await sleep(LIFE_S * 500);
  }
  return rounds;
}
