import { hangStatus } from '../../faults/hang-status.ts';
import type { Lab } from '../../lab.ts';
import type { Cluster } from '../cluster.ts';
import { CRASHING, createPod, untilContainer, untilRunning } from '../pods.ts';

/** A container that hangs beside one that crashes, for which the kubelet asks for both. @returns its id */
export async function hangOne(cluster: Cluster, lab: Lab): Promise<string> {
  await createPod(cluster, 'hung', [{ name: 'hung' }, CRASHING]);
  const id = await untilRunning(cluster, 'hung', 'hung');
  await untilContainer(cluster, 'hung', CRASHING.name, (c) => c.restartCount >= 1);
  await hangStatus(lab, id);
  return id;
}
