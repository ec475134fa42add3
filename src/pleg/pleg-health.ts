import { formatGoDuration } from '../text/go-duration.ts';

/** What Go's Since makes of a time that never was: the longest duration there is. */
const AGE_OF_NEVER = '2562047h47m16.854775807s';

/** What a generator's health is read from. */
export interface Heartbeat {
  /** When the newest relist that counts began, ms; null before the first. */
  readonly relistAt: number | null;
  readonly thresholdMs: number;
  /** Since 1.13 (issue 69007). */
  readonly saysNeverSuccessful: boolean;
}

/** What is wrong in the kubelet's words; null where it is healthy. Source: Healthy in generic.go @ v1.20.2. */
export function plegProblem({ relistAt, thresholdMs, saysNeverSuccessful }: Heartbeat, now: number): string | null {
  if (relistAt === null) {
    return saysNeverSuccessful ? 'pleg has yet to be successful' : lastSeen(AGE_OF_NEVER, thresholdMs);
  }
  const age = now - relistAt;
  return age > thresholdMs ? lastSeen(formatGoDuration(age), thresholdMs) : null;
}

function lastSeen(age: string, thresholdMs: number): string {
  return `pleg was last seen active ${age} ago; threshold is ${formatGoDuration(thresholdMs)}`;
}
