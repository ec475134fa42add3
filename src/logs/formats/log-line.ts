import type { LogLine, Position } from '../signature.ts';
import { clockMs, instantOf, isoAt, type LineClock } from './dates.ts';
import { type Prefix, readPrefix } from './prefixes.ts';
import { undecorate } from './undecorate.ts';

// Lmmdd hh:mm:ss.uuuuuu threadid file:line]   (klog.go, formatHeader; the thread id is the pid)
const KLOG = /^([IWEF])(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{1,9}) +(\d+) [^\]\s]{1,128}:\d{1,6}\] ?/;
// The time was cut off a paste: `E kubelet.go:2646 "Skipping pod synchronization"`
const KLOG_CUT = /^([IWEF])? ?[\w/-]{1,80}\.go:\d{1,6}\]? /;
const LOGRUS = /^time="([^"]{19,40})"/;
const LOGRUS_TTY = /^[A-Z]{4}\[(\d{4}-\d\d-\d\dT[^\]]{8,30})\]/;
// CRI: `2016-10-06T00:17:09.669794202Z stdout F message`
const CRI_FRAME = /^(\d{4}-\d\d-\d\dT\S{8,24}) (?:stdout|stderr) [FP](?::\S{0,8})? /;

const LEVELS: Readonly<Record<string, LogLine['level']>> = {
  I: 'info',
  W: 'warning',
  E: 'error',
  F: 'fatal',
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  warning: 'warning',
  error: 'error',
  fatal: 'fatal',
  panic: 'fatal',
};

/**
 * Makes out a line as kubelet (klog text or JSON), dockerd or containerd (logrus) write it, bare or behind the prefix
 * of syslog or of journalctl in any of its forms. klog and syslog tell neither year nor zone: the clock says how those
 * are filled in.
 * Sources: klog's formatHeader (k8s.io/klog/v2/internal/buffer), component-base/logs/json, logrus' text_formatter.go,
 * kubelet's CRI log format (kuberuntime/logs), Docker's json-file.
 */
export function parseLogLine(line: string, clock: LineClock, position: Position | null = null): LogLine {
  const { text: framed, at: keptAt } = unframe(undecorate(line), clock);
  const prefix = readPrefix(framed, clock);
  const text = framed.slice(prefix?.length ?? 0).trim();
  const klog = KLOG.exec(text);
  const header = klog ?? KLOG_CUT.exec(text);
  const own = klog ? klogTime(klog, clock) : ownTime(text, clock);
  const { at, doubt } = own ?? prefixTime(prefix) ?? keptAt ?? NO_TIME;
  return {
    at,
    doubt,
    component: prefix?.component ?? runtimeOf(text),
    pid: klog ? Number(klog[5]) : (prefix?.pid ?? null),
    ...hostOf(prefix),
    level: LEVELS[header?.[1] ?? levelWord(text)] ?? null,
    message: text.slice(header?.[0].length ?? 0),
    text,
    position,
  };
}

const NO_TIME = { at: null, doubt: 'none' } as const;

function prefixTime(prefix: Prefix | null): Dated | null {
  return prefix === null || prefix.at === null ? null : { at: prefix.at, doubt: prefix.doubt };
}

function hostOf(prefix: Prefix | null): Pick<LogLine, 'host'> {
  return prefix === null || prefix.host === null ? {} : { host: prefix.host };
}

// Words of moby's API server, its log drivers and its client of containerd.
const OF_DOCKERD = /Handler for [A-Z]+ \/v\d|for logger |libcontainerd|module=libcontainerd|storage-driver=/;

/** No kubelet writes logrus: what does is a runtime, by its words dockerd, else taken for containerd. */
function runtimeOf(text: string): LogLine['component'] {
  if (!LOGRUS.test(text) && !LOGRUS_TTY.test(text)) return null;
  return OF_DOCKERD.test(text) ? 'dockerd' : 'containerd';
}

interface Dated {
  readonly at: number;
  readonly doubt: LogLine['doubt'];
}

/** Takes off what keeps a container's output: the CRI's frame, or Docker's json-file. */
function unframe(line: string, clock: LineClock): { text: string; at: Dated | null } {
  const cri = CRI_FRAME.exec(line);
  if (cri) return { text: line.slice(cri[0].length), at: dated(cri[1], clock) };
  if (!line.startsWith('{"log":"')) return { text: line, at: null };
  const { log, time } = parseObject(line);
  return typeof log === 'string'
    ? { text: log.trim(), at: dated(typeof time === 'string' ? time : undefined, clock) }
    : { text: line, at: null };
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // Cut off: shown as it stands.
    return {};
  }
}

function klogTime([, , month, day, time = '']: RegExpExecArray, clock: LineClock): Dated | null {
  const ms = clockMs(time);
  if (ms === null) return null;
  const at = instantOf({ year: null, month: Number(month) - 1, day: Number(day), ms }, clock);
  return at === null ? null : { at, doubt: 'year-and-zone' };
}

function ownTime(text: string, clock: LineClock): Dated | null {
  if (text.startsWith('{')) return jsonTime(text, clock);
  return dated((LOGRUS.exec(text) ?? LOGRUS_TTY.exec(text))?.[1] ?? text, clock);
}

/** `ts` of component-base's JSON is Unix ms with a fraction; `time` of logrus' JSON is RFC 3339. */
function jsonTime(text: string, clock: LineClock): Dated | null {
  const ts = /"ts":(\d{9,14}(?:\.\d{1,9})?)[,}]/.exec(text)?.[1];
  // Zap's default of seconds, as in builds that configure it so, is told by its size.
  if (ts !== undefined) return { at: Number(ts) < 1e11 ? Number(ts) * 1000 : Number(ts), doubt: 'none' };
  return dated(/"(?:time|ts)":"([^"]{19,40})"/.exec(text)?.[1], clock);
}

function dated(text: string | undefined, clock: LineClock): Dated | null {
  const iso = text === undefined ? null : isoAt(text, clock);
  return iso && { at: iso.at, doubt: iso.zoned ? 'none' : 'zone' };
}

function levelWord(text: string): string {
  return (
    /^time="[^"]{1,40}" level=(\w{4,8})/.exec(text)?.[1] ?? /"level":"(\w{4,8})"/.exec(text.slice(0, 300))?.[1] ?? ''
  );
}
