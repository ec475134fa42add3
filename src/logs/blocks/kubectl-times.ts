import { clockMs, instantOf, isoAt, type LineClock, monthOf } from '../formats/dates.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** An age as kubectl prints it: `8s`, `4m15s`, `27h`, `24d`, `2y10d`. Source: apimachinery/pkg/util/duration @ every version. */
export const AGE = String.raw`(?:\d{1,6}[smhdwy]){1,3}`;

/** Milliseconds of an age; null for anything else, such as `<unknown>`. */
export function ageMs(text: string): number | null {
  if (!new RegExp(`^${AGE}$`).test(text)) return null;
  return [...text.matchAll(/(\d{1,6})([smhdwy])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (UNIT_MS[unit ?? ''] ?? 0),
    0,
  );
}

// `Tue, 05 Feb 2019 14:36:43 +0900`
const RFC1123 = /^[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4}|[A-Z]{3})/;

/** What `kubectl describe` gives for a moment (RFC 1123 with a numeric zone), or RFC 3339. */
export const MOMENT = String.raw`(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|[A-Z]{3})|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,10})`;

/** Unix ms of a {@link MOMENT}; null where it is none. */
export function momentMs(text: string, clock: LineClock): number | null {
  const [, day, month = '', year, time = '', zone = ''] = RFC1123.exec(text) ?? [];
  if (day === undefined) return isoAt(text, clock)?.at ?? null;
  const ms = clockMs(time);
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? [];
  const minutesEast = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (ms === null) return null;
  const civil = { year: Number(year), month: monthOf(month), day: Number(day), ms };
  return instantOf(civil, { ...clock, zone: minutesEast });
}
