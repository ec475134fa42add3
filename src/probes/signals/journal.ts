import type { LogLine } from './log-line.ts';
import { parseLogLine } from './log-line.ts';

/** Further apart than this, the time in the message is of another zone, and journald's own is right. */
const SAME_CLOCK_MS = 600_000;

/**
 * Lines of `journalctl -o json`: one object a line, in the order given. A line that is cut off is left out. The message's own
 * time is taken where it is near journald's, since journald may be late by minutes when the disk is slow.
 * Source: systemd's journal-fields and "Journal JSON Format" (a message that is no UTF-8 is an array of bytes).
 */
export function parseJournal(stdout: string, now: number): readonly LogLine[] {
  return stdout.split('\n').flatMap((line) => {
    const entry = parseEntry(line);
    if (!entry) return [];
    const parsed = parseLogLine(entry.message, now);
    const near = parsed.at !== null && Math.abs(parsed.at - entry.at) < SAME_CLOCK_MS;
    return [{ at: near ? parsed.at : entry.at, pid: parsed.pid ?? entry.pid, text: parsed.text }];
  });
}

function parseEntry(line: string): { at: number; pid: number | null; message: string } | null {
  if (!line.startsWith('{')) return null;
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return null;
  }
  const { __REALTIME_TIMESTAMP: time, _PID: pid, MESSAGE: message } = entry as Record<string, unknown>;
  const at = Number(time) / 1000;
  const text = messageOf(message);
  if (!Number.isFinite(at) || at <= 0 || text === null) return null;
  return { at: Math.floor(at), pid: typeof pid === 'string' && /^\d+$/.test(pid) ? Number(pid) : null, message: text };
}

function messageOf(message: unknown): string | null {
  if (typeof message === 'string') return message;
  const isBytes = Array.isArray(message) && message.every((b) => Number.isInteger(b) && b >= 0 && b < 256);
  return isBytes ? Buffer.from(message as number[]).toString('utf8') : null;
}
