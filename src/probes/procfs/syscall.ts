/** /proc/PID/syscall of a blocked thread. */
export interface BlockedSyscall {
  /** -1: blocked, but not inside a system call (a page fault, or on its way out). */
  readonly number: number;
  /** The six argument registers; none where number is -1. */
  readonly args: readonly bigint[];
}

/**
 * `257 0xffffff9c 0x26f841c0 0x241 ... SP PC`, or `-1 SP PC`. Source: proc_pid_syscall(5), fs/proc/base.c.
 * @returns null for `running` and for anything else
 */
export function parseSyscall(text: string): BlockedSyscall | null {
  const [number, ...words] = text.trim().split(' ');
  if (number === undefined || !/^-?\d{1,6}$/.test(number)) return null;
  if (!words.every((word) => /^0x[0-9a-f]{1,16}$/.test(word))) return null;
  return { number: Number(number), args: words.slice(0, -2).map((word) => BigInt(word)) };
}

const AT_FDCWD = -100;

/** A descriptor argument: its low 32 bits, signed. */
export function descriptorOf(register: bigint): number | 'cwd' {
  const fd = Number(BigInt.asIntN(32, register));
  return fd === AT_FDCWD ? 'cwd' : fd;
}

/** The NUL-ended string at the start of a piece of memory; null where it is empty, not ended or not text. */
export function stringAt(memory: Buffer): string | null {
  const end = memory.indexOf(0);
  if (end <= 0) return null;
  return memory.subarray(0, end).toString('utf8');
}
