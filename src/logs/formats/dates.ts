/** What is known of the clock behind times that are not told in full. */
export interface LineClock {
  /** Unix ms. Times without a year are put near it. */
  readonly now: number;
  /** `past`: the latest such time that is not after `now`. `nearest`: a dated line is at `now`, others are around it. */
  readonly years: 'past' | 'nearest';
  /** Minutes east of UTC of times that tell no zone; null: those of this machine. */
  readonly zone: number | null;
}

/** The clock of lines that this machine wrote until `now`. */
export function liveClock(now: number): LineClock {
  return { now, years: 'past', zone: null };
}

/** A date of which the year may be missing; `month` from 0. */
export interface CivilTime {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  /** Of the day. */
  readonly ms: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** 0 to 11 of `Oct` or, as a Chinese or Japanese locale has it, `10月`; -1 for anything else. */
export function monthOf(word: string): number {
  const numbered = /^(\d{1,2})月$/.exec(word)?.[1];
  if (numbered === undefined) return MONTHS.indexOf(word);
  const month = Number(numbered) - 1;
  return month < 12 ? month : -1;
}

/** ms of the day of `17:14:42` or `17:14:42.470286`; null where there is no such time. */
export function clockMs(text: string): number | null {
  const [, hour, minute, second, fraction = ''] = /^(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  return (
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000)
  );
}

/** Unix ms of a date; null where there is none such. */
export function instantOf(time: CivilTime, clock: LineClock): number | null {
  if (time.month < 0 || time.month > 11 || time.day < 1 || time.day > 31) return null;
  if (time.year !== null) return inYear(time, time.year, clock.zone);
  const year = new Date(clock.now).getUTCFullYear();
  // Eight years back reach a 29 February in any case.
  const years = Array.from({ length: 10 }, (_, i) => year + 1 - i);
  const found = years.flatMap((y) => inYear(time, y, clock.zone) ?? []);
  if (clock.years === 'nearest') {
    return found.toSorted((a, b) => Math.abs(a - clock.now) - Math.abs(b - clock.now))[0] ?? null;
  }
  // A day of grace for clocks and zones that differ.
  return found.find((at) => at <= clock.now + DAY_MS) ?? null;
}

function inYear({ month, day, ms }: CivilTime, year: number, zone: number | null): number | null {
  if (zone !== null) {
    const midnight = new Date(Date.UTC(year, month, day));
    return midnight.getUTCMonth() === month ? midnight.getTime() + ms - zone * MINUTE_MS : null;
  }
  // By hours and minutes: midnight plus ms is another time on a day on which the clocks change.
  const [hour, minute, second] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(Math.floor);
  const date = new Date(year, month, day, hour, minute, second, ms % 1000);
  return date.getMonth() === month ? date.getTime() : null;
}

const ISO =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(?: ?(Z|UTC|[+-]\d\d:?\d\d(?: [A-Z]{2,5}| [+-]\d\d)?))?/;

export interface IsoTime {
  readonly at: number;
  /** Whether it told its zone. */
  readonly zoned: boolean;
  /** Minutes east of UTC, where it told them by number. */
  readonly offset: number | null;
  readonly length: number;
}

/** An ISO 8601 time at the beginning of a text, as RFC 3339, journald's short-iso and Go's Time.String write it. */
export function isoAt(text: string, clock: LineClock): IsoTime | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [whole, date = '', time = '', zone] = match;
  const plain = time.replace(',', '.').replace(/(\.\d{3})\d+$/, '$1');
  const offset = zone === undefined ? null : zoneMinutes(zone);
  const [year, month, day] = date.split('-').map(Number);
  const ms = clockMs(plain);
  if (ms === null || year === undefined) return null;
  const civil = { year, month: (month ?? 0) - 1, day: day ?? 0, ms };
  const at = instantOf(civil, offset === null ? clock : { ...clock, zone: offset });
  return at === null ? null : { at, zoned: offset !== null, offset, length: whole.length };
}

function zoneMinutes(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
