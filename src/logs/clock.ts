import { MOMENT, momentMs } from './blocks/kubectl-times.ts';
import { isoAt, type LineClock } from './formats/dates.ts';

/** Where to look for dates in a large text; its lines are alike. */
const SAMPLE = 512 * 1024;
const LEADING = 48;
const DATED = new RegExp(
  String.raw`${MOMENT}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`,
  'g',
);
const EPOCH = /"(?:ts":|__REALTIME_TIMESTAMP":")(\d{13})|__REALTIME_TIMESTAMP=(\d{13})/g;
const OFFSET = /\d\d:\d\d:\d\d(?:[.,]\d{1,9})? ?([+-])(\d\d):?(\d\d)(?!\d)/;
const DAY_MS = 86_400_000;

/**
 * The clock of texts that may tell neither year nor zone. The year is read off the times that are told in full, those at
 * the head of a line first, for a message may speak of any day; the zone is the first that is told by number, else UTC.
 * @param latest Unix ms after which nothing can have been written: when the file was, else now
 */
export function inferClock(texts: readonly string[], latest: number): LineClock {
  const samples = texts.map((t) => (t.length <= 2 * SAMPLE ? t : `${t.slice(0, SAMPLE)}\n${t.slice(-SAMPLE)}`));
  const zone = samples.map(zoneOf).find((z) => z !== null) ?? 0;
  const utc: LineClock = { now: latest, years: 'past', zone };
  const dates = samples.flatMap((t) => datesOf(t, utc)).filter(({ at }) => at <= latest + DAY_MS);
  const leading = dates.filter((d) => d.leads);
  const known = (leading.length > 0 ? leading : dates).reduce(
    (max, { at }) => Math.max(max, at),
    Number.NEGATIVE_INFINITY,
  );
  return known === Number.NEGATIVE_INFINITY ? utc : { now: known, years: 'nearest', zone };
}

function zoneOf(text: string): number | null {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

interface FoundDate {
  readonly at: number;
  readonly leads: boolean;
}

function datesOf(text: string, clock: LineClock): readonly FoundDate[] {
  const dates: FoundDate[] = [];
  for (const line of text.split('\n')) {
    for (const { 0: word, index } of line.slice(0, 4096).matchAll(DATED)) {
      const at = momentMs(word, clock) ?? isoAt(word, clock)?.at ?? null;
      if (at !== null) dates.push({ at, leads: index < LEADING });
    }
    for (const [, json, plain] of line.slice(0, 4096).matchAll(EPOCH))
      dates.push({ at: Number(json ?? plain), leads: true });
  }
  return dates;
}
