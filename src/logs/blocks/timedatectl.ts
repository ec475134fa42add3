import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, state } from './block.ts';

const MOST_LINES = 12;
const ROW =
  /^\s*(Local time|Universal time|RTC time|Time zone|NTP \w+|NTP enabled|System clock synchronized|Network time on|RTC in local TZ|DST active|Last DST change|Next DST change|Warning):? ?(.{0,120})$/;
const TIME = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/;

/**
 * What timedatectl prints. The hardware clock beside the system's tells how far that was set by hand.
 * Source: systemd src/timedate/timedatectl.c @ 219 (`NTP synchronized`) to 258 (`System clock synchronized`).
 */
export const readTimedatectl: BlockReader = (lines, start) => {
  if (!/^\s*Local time: /.test(lines[start] ?? '')) return null;
  const rows = new Map<string, string>();
  let end = start;
  for (; end < lines.length && end - start < MOST_LINES; end += 1) {
    const [whole, name = '', value = ''] = ROW.exec((lines[end] ?? '').replaceAll('**', '')) ?? [];
    if (whole === undefined) break;
    rows.set(name, value.trim());
  }
  const fact: FactOf<'clock'> = { type: 'clock', synchronised: synchronised(rows), rtcAheadMs: rtcAhead(rows) };
  return { kind: 'clock', taken: end - start, statements: [state(fact, [entityId.node()])] };
};

function synchronised(rows: ReadonlyMap<string, string>): boolean | null {
  const word = rows.get('System clock synchronized') ?? rows.get('NTP synchronized');
  return word === 'yes' ? true : word === 'no' ? false : null;
}

function rtcAhead(rows: ReadonlyMap<string, string>): number | null {
  const local = rows.get('RTC in local TZ') === 'yes';
  const [system, rtc] = [timeOf(rows.get(local ? 'Local time' : 'Universal time')), timeOf(rows.get('RTC time'))];
  return system === null || rtc === null ? null : rtc - system;
}

function timeOf(text: string | undefined): number | null {
  const [whole, day, time] = TIME.exec(text ?? '') ?? [];
  return whole === undefined ? null : Date.parse(`${day}T${time}Z`);
}
