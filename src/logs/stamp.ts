import { parseGoDuration } from '../text/go-duration.ts';

const DAY = 86_400;
/** As close as a stamp is read off two lines, seconds. */
const SAME = 2;
const TIME = /(?:^|[ T])(\d\d):(\d\d):(\d\d)/;
const AGE = /last seen active (\S{2,40}) ago/;

/**
 * Whether two lines about an unhealthy PLEG tell of the same last relist, by the time of day less the age: whatever the
 * year, the day and the zone. Lines without either tell nothing.
 */
export function sameStamp(a: string, b: string): boolean {
  const [first, second] = [stampOf(a), stampOf(b)];
  if (first === null || second === null) return false;
  const apart = Math.abs(first - second);
  return Math.min(apart, DAY - apart) < SAME;
}

/** Seconds within a day. */
function stampOf(text: string): number | null {
  const [, hours, minutes, seconds] = TIME.exec(text) ?? [];
  const age = AGE.exec(text)?.[1];
  const ageMs = age === undefined ? null : parseGoDuration(age);
  if (hours === undefined || ageMs === null) return null;
  const at = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - ageMs / 1000;
  return ((at % DAY) + DAY) % DAY;
}
