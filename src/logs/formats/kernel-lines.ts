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
