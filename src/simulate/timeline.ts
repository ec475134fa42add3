import type { ReadyStretch, RelistStamp } from './simulation.ts';

/**
 * How old the newest relist was at most in each of so many equal parts of the time, ms: what the kubelet's health check
 * holds against its threshold.
 */
export function oldestStamps(stamps: readonly RelistStamp[], durationMs: number, parts: number): number[] {
  const oldest = Array.from({ length: parts }, () => 0);
  const partMs = durationMs / parts;
  let beganAt = Math.min(0, stamps[0]?.beganAt ?? 0);
  let next = 0;
  for (let part = 0; part < parts; part += 1) {
    const until = (part + 1) * partMs;
    let most = 0;
    // It grows until a stamp is seen, and then drops to that one's age.
    for (let stamp = stamps[next]; stamp !== undefined && stamp.seenAt <= until; stamp = stamps[next]) {
      most = Math.max(most, stamp.seenAt - beganAt);
      beganAt = stamp.beganAt;
      next += 1;
    }
    oldest[part] = Math.max(most, until - beganAt);
  }
  return oldest;
}

/** For what share of each of so many equal parts of the time the node was not Ready. */
export function notReadyShares(ready: readonly ReadyStretch[], durationMs: number, parts: number): number[] {
  const shares = Array.from({ length: parts }, () => 0);
  const partMs = durationMs / parts;
  ready.forEach(({ at, status }, i) => {
    if (status === 'True') return;
    const until = ready[i + 1]?.at ?? durationMs;
    for (let part = Math.floor(at / partMs); part < parts && part * partMs < until; part += 1) {
      const inside = Math.min(until, (part + 1) * partMs) - Math.max(at, part * partMs);
      shares[part] = Math.min(1, (shares[part] ?? 0) + inside / partMs);
    }
  });
  return shares;
}
