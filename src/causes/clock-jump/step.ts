import { parseGoDuration } from '../../text/go-duration.ts';

// `stepped by -25198.995738 seconds`, `clock wrong by 4.0 seconds`, `time reset +3600.1 s`, `clock_step -28818.7 s`,
// `step time server 10.0.0.1 offset 3600.1 sec`, `time correction of 5000 seconds`
const SECONDS =
  /(?:stepped by|wrong by|time reset|clock_step|offset|time correction of) ([+-]?\d{1,12}(?:\.\d{1,9})?)(?: s(?:ec(?:onds?)?)?\b| seconds)/;
// `is too high [8h0m2.595609129s > 1s]`
const DIFFERENCE = /is too high \[(\S{2,40}) > /;
// `current time 2020-01-01T00:00:10Z is before 2021-05-01T10:00:00Z`
const BEFORE = /current time (\d{4}-\S{10,30}) is before (\d{4}-\S{10,30})/;

/** By how much a line says that a clock was off or set, ms, negative for back; null where it does not tell. */
export function stepMs(line: string): number | null {
  const seconds = SECONDS.exec(line)?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const difference = DIFFERENCE.exec(line)?.[1];
  if (difference !== undefined) return parseGoDuration(difference);
  const [, now, from] = BEFORE.exec(line) ?? [];
  if (now === undefined || from === undefined) return null;
  const ms = Date.parse(now) - Date.parse(from.replace(/[^\dZ]+$/, ''));
  return Number.isNaN(ms) ? null : ms;
}
