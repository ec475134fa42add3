import type { LogWriter, TimeDoubt } from '../signature.ts';
import { clockMs, instantOf, isoAt, type LineClock, monthOf } from './dates.ts';

/** What was put before a message by whoever kept it. */
export interface Prefix {
  readonly at: number | null;
  readonly doubt: TimeDoubt;
  readonly component: LogWriter | null;
  readonly pid: number | null;
  /** The machine it is of, by the name that it gave itself; null where that is not told. */
  readonly host: string | null;
  readonly length: number;
}

// `host ident[pid]: `, or `ident[pid]: ` where the host was cut off; rsyslog leaves the pid out
const TAG = /^(?:(?!\S{0,80}: )(\S{1,253}) )?([\w./@-]{1,64}?)(?:\[(\d{1,10})\])?: /;
// `Oct  8 16:43:07 `, `10月 16 09:50:55 `, with a fraction (short-precise), after a weekday and with a year (short-full)
const CALENDAR =
  /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}|\d{1,2}月) +(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?: (\d{4}))?[ \]]/;
const FULL = /^[A-Z][a-z]{2} (?=\d{4}-\d\d-\d\d)/;
const UNIX = /^(\d{10})\.(\d{3,6}) (?=\S+ \S)/;
// RFC 5424: `<34>1 2003-10-11T22:14:15.003Z host app procid msgid [sd] message`
const RFC5424 = /^<\d{1,3}>1 (\S{20,40}) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|\[.{0,500}?\]) ?/;

const WRITERS: readonly (readonly [LogWriter, RegExp])[] = [
  ['kubelet', /^(?:kubelet|hyperkube|kubelite|k3s|k3s-agent|rke2|kubelet-wrapper|origin-node|atomic-openshift-node)$/],
  ['dockerd', /^(?:dockerd|docker|dockerd-current|dockerd-ce)$/],
  ['containerd', /^(?:containerd|docker-containerd|containerd-shim\S*)$/],
  ['crio', /^(?:crio|cri-o)$/],
  ['kernel', /^kernel$/],
  ['systemd', /^systemd$/],
  ['kube-controller-manager', /^kube-controller-manager$/],
];

/** The component of a syslog identifier; null for one that does not bear on Ready. */
export function writerOf(ident: string): LogWriter | null {
  const name = ident.slice(ident.lastIndexOf('/') + 1);
  return WRITERS.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/**
 * What journald (`-o short` and its kin), rsyslog or an RFC 5424 sender put before a message; null where nothing was.
 * Sources: systemd src/shared/logs-show.c output_short, RFC 3164 section 4.1, RFC 5424 section 6.
 */
export function readPrefix(line: string, clock: LineClock): Prefix | null {
  return (
    readRfc5424(line, clock) ?? readCalendar(line, clock) ?? readIso(line, clock) ?? readUnix(line) ?? readBare(line)
  );
}

function readRfc5424(line: string, clock: LineClock): Prefix | null {
  const [whole, time = '', host = '', app = '', pid = ''] = RFC5424.exec(line) ?? [];
  if (whole === undefined) return null;
  const at = isoAt(time, clock)?.at ?? null;
  return {
    at,
    doubt: 'none',
    component: writerOf(app),
    pid: pidOf(pid),
    host: host === '-' ? null : host,
    length: whole.length,
  };
}

function readCalendar(line: string, clock: LineClock): Prefix | null {
  const [whole, month = '', day, time = '', year] = CALENDAR.exec(line) ?? [];
  const ms = clockMs(time);
  if (whole === undefined || ms === null) return null;
  const civil = { year: year === undefined ? null : Number(year), month: monthOf(month), day: Number(day), ms };
  const at = instantOf(civil, clock);
  if (at === null) return null;
  return withTag(line, whole.length, at, year === undefined ? 'year-and-zone' : 'zone');
}

function readIso(line: string, clock: LineClock): Prefix | null {
  const start = FULL.exec(line)?.[0].length ?? 0;
  const iso = isoAt(line.slice(start), clock);
  if (iso === null) return null;
  // short-full tells the zone by its letters, which stand for more than one.
  const letters = start === 0 ? '' : (/^ [A-Z]{3,5}(?= )/.exec(line.slice(start + iso.length))?.[0] ?? '');
  const end = start + iso.length + letters.length;
  if (line[end] !== ' ') return null;
  return withTag(line, end + 1, iso.at, iso.zoned ? 'none' : 'zone');
}

function readUnix(line: string): Prefix | null {
  const [whole, seconds, fraction = ''] = UNIX.exec(line) ?? [];
  if (whole === undefined) return null;
  const at = Number(seconds) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
  return withTag(line, whole.length, at, 'none');
}

/** The time was cut off a paste, the writer was not. */
function readBare(line: string): Prefix | null {
  const tag = TAG.exec(line);
  const component = tag ? writerOf(tag[2] ?? '') : null;
  if (tag === null || component === null) return null;
  return { at: null, doubt: 'none', component, pid: pidOf(tag[3]), host: tag[1] ?? null, length: tag[0].length };
}

function withTag(line: string, start: number, at: number, doubt: TimeDoubt): Prefix | null {
  const rest = line.slice(start);
  const tag = TAG.exec(rest);
  if (tag === null) return null;
  const [whole, host, ident = '', pid] = tag;
  return { at, doubt, component: writerOf(ident), pid: pidOf(pid), host: host ?? null, length: start + whole.length };
}

function pidOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;
}
