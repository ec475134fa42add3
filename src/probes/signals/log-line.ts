/** A line of a component's log, its time and its writer made out. */
export interface LogLine {
  /** Unix ms; null where the line carries no time of its own. */
  readonly at: number | null;
  /** pid of the writer by klog's header; null where there is none. */
  readonly pid: number | null;
  /** The line without what syslog put before it. */
  readonly text: string;
}

/** Longer lines are cut: a kubelet quotes whole pod objects at high verbosity. */
const MAX_LINE = 4096;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

// Lmmdd hh:mm:ss.uuuuuu threadid file:line]   (klog.go, formatHeader; the thread id is the pid)
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{1,9}) +(\d+) [^\]\s]+:\d+\] /;
const SYSLOG = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) \S+ [^\s:]+: /;
const ISO_SYSLOG = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) \S+ [^\s:]+: /;
const LOGRUS = /^time="([^"]{19,40})"/;
const LOGRUS_TTY = /^[A-Z]{4}\[(\d{4}-\d\d-\d\dT[^\]]{8,30})\]/;
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16})/;

/**
 * Makes out a line as kubelet (klog text or JSON), dockerd or containerd (logrus) write it, bare or behind the prefix
 * of syslog or `journalctl -o short`. klog and syslog tell neither year nor zone: the year is the latest that does not
 * lie in the future, the zone is this machine's.
 * Sources: klog's formatHeader (k8s.io/klog/v2/internal/buffer), component-base/logs/json, logrus' text_formatter.go.
 * @param now Unix ms
 */
export function parseLogLine(line: string, now: number): LogLine {
  const whole = line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line;
  const syslog = SYSLOG.exec(whole);
  const prefix = syslog ?? ISO_SYSLOG.exec(whole);
  const text = whole.slice(prefix?.[0].length ?? 0).trimEnd();
  const klog = KLOG.exec(text);
  const own = klog ? klogTime(klog, now) : ownTime(text);
  const at = own ?? (syslog ? syslogTime(syslog, now) : isoTime(prefix?.[1]));
  return { at, pid: klog ? Number(klog[7]) : null, text };
}

function klogTime(header: RegExpExecArray, now: number): number | null {
  const [, month, day, hour, minute, second, fraction = ''] = header;
  const ms = Math.floor(Number(`0.${fraction}`) * 1000);
  return latestYear(Number(month) - 1, Number(day), [Number(hour), Number(minute), Number(second), ms], now);
}

function syslogTime(prefix: RegExpExecArray, now: number): number | null {
  const [, month = '', day, hour, minute, second] = prefix;
  const index = MONTHS.indexOf(month);
  if (index === -1) return null;
  return latestYear(index, Number(day), [Number(hour), Number(minute), Number(second), 0], now);
}

type ClockTime = readonly [hour: number, minute: number, second: number, ms: number];

/** The last time at or before now (a day of grace for clocks and zones that differ) that has this date. */
function latestYear(month: number, day: number, time: ClockTime, now: number): number | null {
  if (month < 0 || month > 11 || day < 1 || day > 31) return null;
  const year = new Date(now).getFullYear();
  // Eight years back reach a 29 February in any case.
  for (let y = year + 1; y > year - 9; y -= 1) {
    const date = new Date(y, month, day, ...time);
    if (date.getMonth() === month && date.getTime() <= now + DAY_MS) return date.getTime();
  }
  return null;
}

function ownTime(text: string): number | null {
  if (text.startsWith('{')) return jsonTime(text);
  return isoTime((LOGRUS.exec(text) ?? LOGRUS_TTY.exec(text) ?? ISO.exec(text))?.[1]);
}

/** `ts` of component-base's JSON is Unix ms with a fraction; `time` of logrus' JSON is RFC 3339. */
function jsonTime(text: string): number | null {
  const ts = /"ts":(\d{9,14}(?:\.\d{1,9})?)[,}]/.exec(text)?.[1];
  // Zap's default of seconds, as in builds that configure it so, is told by its size.
  if (ts !== undefined) return Number(ts) < 1e11 ? Number(ts) * 1000 : Number(ts);
  return isoTime(/"(?:time|ts)":"([^"]{19,40})"/.exec(text)?.[1]);
}

function isoTime(text: string | undefined): number | null {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
