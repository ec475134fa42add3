const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Distances at which an axis of time may have its marks. */
const STEPS = [
  10 * SECOND,
  30 * SECOND,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

export interface Tick {
  /** Unix ms. */
  readonly at: number;
  readonly label: string;
}

/** Round times of the clock (UTC), at most so many. */
export function clockTicks(from: number, to: number, most: number): readonly Tick[] {
  const span = to - from;
  const step = STEPS.find((ms) => span / ms <= most) ?? Math.ceil(span / most / DAY) * DAY;
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: Math.min(count, most + 1) }, (_, i) => {
    const at = first + i * step;
    return { at, label: step >= DAY ? day(at) : clock(at, step < MINUTE) };
  });
}

/** `06:31`, `06:31:07` */
export function clock(at: number, seconds: boolean): string {
  return iso(at).slice(11, seconds ? 19 : 16);
}

/** `2026-11-24 06:19:00`, and of the end only what differs. */
export function clockSpan(from: number, to: number): readonly [string, string] {
  const [begin, end] = [iso(from).slice(0, 19).replace('T', ' '), iso(to).slice(0, 19).replace('T', ' ')];
  return [begin, begin.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : end];
}

/** `11-24` */
function day(at: number): string {
  return iso(at).slice(5, 10);
}

/** The last moment that a Date can tell. */
const LATEST = 8.64e15;

function iso(at: number): string {
  return new Date(Math.min(Math.max(at, 0), LATEST)).toISOString().replace(/^\+\d\d/, '');
}
