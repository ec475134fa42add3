import type { LogLine, Position } from '../signature.ts';
import { type LineClock, liveClock } from './dates.ts';
import { parseLogLine } from './log-line.ts';
import { writerOf } from './prefixes.ts';

/** Further apart than this, the time in the message is of another zone, and journald's own is right. */
const SAME_CLOCK_MS = 600_000;

/** An entry's fields by their names. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Lines of `journalctl -o json`: one object a line, in the order given. A line that is cut off is left out.
 * @param now Unix ms
 */
export function parseJournal(stdout: string, now: number): readonly LogLine[] {
  const clock = liveClock(now);
  return stdout.split('\n').flatMap((line) => journalLine(line, clock) ?? []);
}

/**
 * One object of `journalctl -o json`; null for anything else. The message's own time is taken where it is near
 * journald's, since journald may be late by minutes when the disk is slow.
 * Source: systemd's journal-fields and "Journal JSON Format" (a message that is no UTF-8 is an array of bytes).
 */
export function journalLine(line: string, clock: LineClock, position: Position | null = null): LogLine | null {
  if (!line.startsWith('{') || !line.includes('"__REALTIME_TIMESTAMP"')) return null;
  try {
    return entryLine(JSON.parse(line) as Fields, clock, position);
  } catch {
    return null;
  }
}

/** An entry of the journal as a line; null where it has no time or no message. */
export function entryLine(entry: Fields, clock: LineClock, position: Position | null): LogLine | null {
  const at = Math.floor(Number(entry.__REALTIME_TIMESTAMP) / 1000);
  const message = messageOf(entry.MESSAGE);
  if (!Number.isFinite(at) || at <= 0 || message === null) return null;
  const parsed = parseLogLine(message, clock, position);
  const near = parsed.at !== null && Math.abs(parsed.at - at) < SAME_CLOCK_MS;
  const { _PID: pid, SYSLOG_IDENTIFIER: ident, _COMM: comm, _TRANSPORT: transport, _HOSTNAME: host } = entry;
  const name = [ident, comm, transport].find((n) => typeof n === 'string');
  return {
    ...parsed,
    ...(!near && { at, doubt: 'none' as const }),
    component: parsed.component ?? (typeof name === 'string' ? writerOf(name) : null),
    ...(typeof host === 'string' && { host }),
    pid: parsed.pid ?? (typeof pid === 'string' && /^\d+$/.test(pid) ? Number(pid) : null),
  };
}

function messageOf(message: unknown): string | null {
  if (typeof message === 'string') return message;
  const isBytes = Array.isArray(message) && message.every((b) => Number.isInteger(b) && b >= 0 && b < 256);
  return isBytes ? new TextDecoder().decode(Uint8Array.from(message as number[])) : null;
}

/**
 * The entries of `journalctl -o export`, each as the line of JSON that it would be: fields a line, an empty line
 * between entries. Binary fields, which a paste does not carry, are left out. Source: systemd "Journal Export Formats".
 */
export function exportEntries(lines: readonly string[]): readonly { readonly line: number; readonly fields: Fields }[] {
  const entries: { line: number; fields: Record<string, string> }[] = [];
  let open: { line: number; fields: Record<string, string> } | null = null;
  lines.forEach((text, i) => {
    const equals = text.indexOf('=');
    if (equals <= 0 || !/^[A-Z_][A-Z0-9_]{0,63}$/.test(text.slice(0, equals))) {
      if (text.trim() === '') open = null;
      return;
    }
    if (open === null) {
      open = { line: i, fields: {} };
      entries.push(open);
    }
    open.fields[text.slice(0, equals)] = text.slice(equals + 1);
  });
  return entries;
}
