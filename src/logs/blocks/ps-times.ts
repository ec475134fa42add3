import { clockMs, instantOf, type LineClock, monthOf } from '../formats/dates.ts';

const DAY_MS = 86_400_000;

/**
 * When a process was started, as ps tells it: `Jun17` (another day than that of the list), `2019` (another year),
 * `Mon Jun 17 03:18:17 2019`. The latest moment that fits is taken. A time of the day alone is of the list's own day,
 * which a text does not tell. Source: procps ps/output.c pr_stime, pr_lstart.
 * @returns Unix ms; null where it does not tell the day
 */
export function startOf(word: string, clock: LineClock): number | null {
  const [, month = '', day] = /^([A-Z][a-z]{2})(\d\d)$/.exec(word) ?? [];
  if (day !== undefined) return endOfDay(null, monthOf(month), Number(day), clock);
  if (/^(?:19|20)\d\d$/.test(word)) return endOfDay(Number(word), 11, 31, clock);
  const full = /^[A-Z][a-z]{2} +([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d:\d\d:\d\d) +(\d{4})$/.exec(word);
  const ms = full === null ? null : clockMs(full[3] ?? '');
  if (full === null || ms === null) return null;
  return instantOf({ year: Number(full[4]), month: monthOf(full[1] ?? ''), day: Number(full[2]), ms }, clock);
}

function endOfDay(year: number | null, month: number, day: number, clock: LineClock): number | null {
  return instantOf({ year, month, day, ms: DAY_MS - 1000 }, clock);
}

/** ms of `ELAPSED`: `[[dd-]hh:]mm:ss`, or seconds as etimes gives them; null for anything else. Source: procps pr_etime. */
export function elapsedMs(word: string): number | null {
  if (/^\d{1,10}$/.test(word)) return Number(word) * 1000;
  const [, days = '0', hours = '0', minutes, seconds] =
    /^(?:(?:(\d{1,5})-)?(\d{1,2}):)?(\d{1,2}):(\d\d)$/.exec(word) ?? [];
  if (minutes === undefined || seconds === undefined) return null;
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
