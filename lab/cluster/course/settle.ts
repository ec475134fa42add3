import { sleep } from '../../wait.ts';
import type { Cluster } from '../cluster.ts';

/** A kubelet that starts three times in ten minutes may be about to end again, until it has run for longer than before. */
const LOOP = 3;
const WINDOW_MS = 600_000;
const ROOM_MS = 3000;

/** How long a kubelet that was started at these times must still run before it is taken to have settled, ms. */
export function unsettledFor(starts: readonly number[], now: number): number {
  const recent = starts.filter((at) => now - at < WINDOW_MS);
  if (recent.length < LOOP) return 0;
  const gaps = recent.slice(1).map((at, i) => at - (recent[i] ?? at));
  return Math.max(0, (recent.at(-1) ?? now) + Math.max(...gaps) + ROOM_MS - now);
}

/** Waits until nobody need take the kubelet for one that ends again and again: the lab itself started it so often. */
export async function untilSettled({ kubelet }: Cluster): Promise<void> {
  await sleep(unsettledFor(kubelet.starts, Date.now()));
}
