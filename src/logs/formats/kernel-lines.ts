import type { TimeDoubt } from '../signature.ts';
import { clockMs, instantOf, type LineClock, monthOf } from './dates.ts';

/** A record of the kernel log. */
export interface KernelLine {
  /** Seconds of the kernel's clock since boot; null where the kernel printed none (CONFIG_PRINTK_TIME off). */
  readonly seconds: number | null;
  readonly text: string;
}

// `<6>[   12.345678] text`, since 5.1 with CONFIG_PRINTK_CALLER also `<6>[   12.345678][T123] text`
const RECORD = /^<(\d+)>(?:\[\s*(\d+\.\d+)\](?:\s?\[\s*[TC]\d+\])? ?)?(.*)$/;

/** Facilities above 0 are user programs that write to /dev/kmsg: what they say is not the kernel's word. */
const FACILITY_SHIFT = 3;

/** The kernel's own records of `dmesg -r`, oldest first; further lines of a record and foreign ones are left out. */
export function parseKernelLog(text: string): KernelLine[] {
  const lines: KernelLine[] = [];
  for (const line of text.split('\n')) {
    const [, priority, seconds, message] = RECORD.exec(line) ?? [];
    if (message === undefined || Number(priority) >> FACILITY_SHIFT !== 0) continue;
    lines.push({ seconds: seconds === undefined ? null : Number(seconds), text: message });
  }
  return lines;
}

/** A kernel line as a paste or a file has it. */
export interface DatedKernelLine extends KernelLine {
  /** Unix ms; null where the line tells the kernel's own clock or nothing. */
  readonly at: number | null;
  readonly doubt: TimeDoubt;
}

const BOOT_CLOCK = /^(?:<\d{1,3}>)?\[\s{0,6}(\d{1,9}\.\d{6})\](?:\s?\[\s*[TC]\d+\])? ?/;
// dmesg -T: `[Mon Jun 17 03:18:17 2019] `
const CALENDAR = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})\] ?/;
// /dev/kmsg: `6,1234,5678901,-;text`, priority, sequence, microseconds
const KMSG = /^(\d{1,3}),\d{1,12},(\d{1,15}),[-c][^;]{0,60};/;

/** A line of `dmesg`, `dmesg -T`, `dmesg --time-format iso` or /dev/kmsg; null for anything else. */
export function readKernelLine(line: string, clock: LineClock): DatedKernelLine | null {
  const [boot, seconds] = BOOT_CLOCK.exec(line) ?? [];
  if (boot !== undefined) return { seconds: Number(seconds), at: null, doubt: 'none', text: line.slice(boot.length) };
  const [stamp, month = '', day, time = '', year] = CALENDAR.exec(line) ?? [];
  const ms = clockMs(time);
  if (stamp !== undefined && ms !== null) {
    const at = instantOf({ year: Number(year), month: monthOf(month), day: Number(day), ms }, clock);
    return { seconds: null, at, doubt: 'zone', text: line.slice(stamp.length) };
  }
  const [record, priority, micros] = KMSG.exec(line) ?? [];
  if (record === undefined || Number(priority) >> FACILITY_SHIFT !== 0) return null;
  return { seconds: Number(micros) / 1e6, at: null, doubt: 'none', text: line.slice(record.length) };
}

/** What the kernel said, without the boot clock that it may have put before it. */
export function kernelMessage(message: string): KernelLine {
  const [boot, seconds] = BOOT_CLOCK.exec(message) ?? [];
  return boot === undefined
    ? { seconds: null, text: message }
    : { seconds: Number(seconds), text: message.slice(boot.length) };
}
