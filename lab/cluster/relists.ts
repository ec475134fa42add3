import { until } from '../wait.ts';
import type { Cluster } from './cluster.ts';

const EVERY_MS = 2000;

/**
 * Changes something of a pod and waits until the kubelet of the node has spent so long in relists that ended between
 * two looks at its metrics: one slow relist stands out among the quick ones, of which there is one a second.
 */
export async function untilRelistTakes(cluster: Cluster, seconds: number, change: () => Promise<void>): Promise<void> {
  let before = await relistSeconds(cluster);
  await change();
  await until(
    { en: `a relist of ${seconds} s`, zh: `一次耗时 ${seconds} 秒的 relist` },
    async () => {
      const now = await relistSeconds(cluster);
      const spent = now - before;
      before = now;
      return spent >= seconds;
    },
    60_000,
    EVERY_MS,
  );
}

/** From its read-only port: the API server knows no address of a node without a network. */
async function relistSeconds({ kubelet }: Cluster): Promise<number> {
  const url = `http://127.0.0.1:${kubelet.ports.readOnly}/metrics`;
  const metrics = await (await fetch(url, { signal: AbortSignal.timeout(10_000) })).text();
  return Number(/^kubelet_pleg_relist_duration_seconds_sum (\S+)$/m.exec(metrics)?.[1]);
}
