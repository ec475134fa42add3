import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import type { LoopDisk } from '../loop-disk.ts';
import { until } from '../wait.ts';
import type { Cluster } from './cluster.ts';

/** The share of its own filesystem below which a kubelet evicts that nobody tuned (1.20 apis/config/v1beta1/defaults_linux.go). */
const STOCK_EVICTION = { 'memory.available': '50Mi', 'nodefs.available': '10%', 'imagefs.available': '1%' };

/** Starts the kubelet anew with its own directory on a new disk. @returns what starts it where it was before */
export async function moveToDisk(
  { kubelet }: Cluster,
  lab: Lab,
): Promise<{ readonly disk: LoopDisk; readonly moveBack: () => Promise<void> }> {
  const disk = await lab.disk();
  await kubelet.stop();
  await kubelet.startAgain({
    flags: { 'root-dir': join(disk.mountPoint, 'kubelet') },
    config: { evictionHard: STOCK_EVICTION },
  });
  const moveBack = async (): Promise<void> => {
    await kubelet.stop();
    await kubelet.startAgain();
  };
  return { disk, moveBack };
}

/** Waits until the kubelet says that room runs short; it measures every 10 s. */
export async function untilDiskPressure({ kubectl, node }: Cluster): Promise<void> {
  const path = "jsonpath={.status.conditions[?(@.type=='DiskPressure')].status}";
  await until(
    { en: `DiskPressure of ${node}`, zh: `${node} 的 DiskPressure` },
    async () => (await kubectl.run(['get', 'node', node, '-o', path])).stdout.trim() === 'True',
    60_000,
    500,
  );
}
