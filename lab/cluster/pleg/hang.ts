import { hangStatus } from '../../faults/hang-status.ts';
import type { Lab } from '../../lab.ts';
import type { DockerApi } from '../../runtimes/docker-api.ts';
import { sleep } from '../../wait.ts';
import type { Cluster } from '../cluster.ts';
import { createPod, untilRunning } from '../pods.ts';

/** Between two ends of containers while the kubelet stands still: for two generators enough to see each. */
const APART_MS = 10_000;
const STIRRED = ['first', 'second', 'third'] as const;

/** A container that hangs. */
export interface Hung {
  readonly id: string;
  /** Lets it answer again. */
  readonly release: () => void;
}

/**
 * A container that hangs, and then the end of one beside it, for which every generator asks for both: had the pod changed
 * by itself, one generator might have asked before the hang, and the other after it.
 */
export async function hangOne(cluster: Cluster, lab: Lab, api: DockerApi): Promise<Hung> {
  await createPod(cluster, 'hung', [{ name: 'hung' }, { name: 'beside' }]);
  const id = await untilRunning(cluster, 'hung', 'hung');
  const beside = await untilRunning(cluster, 'hung', 'beside');
  const release = await hangStatus(lab, id);
  await api.call('POST', `/containers/${beside}/kill`);
  return { id, release };
}

/**
 * A pod of three containers, to be ended one by one while the kubelet stands still, for it then starts no pod itself.
 * @returns ends them
 */
export async function makeStirred(cluster: Cluster, api: DockerApi): Promise<() => Promise<void>> {
  await createPod(
    cluster,
    'stirred',
    STIRRED.map((name) => ({ name })),
  );
  const ids: string[] = [];
  for (const name of STIRRED) ids.push(await untilRunning(cluster, 'stirred', name));
  return async () => {
    for (const id of ids) {
      await api.call('POST', `/containers/${id}/kill`);
      await sleep(APART_MS);
    }
  };
}
