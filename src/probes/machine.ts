import { parseKernelStat } from './procfs/kernel-stat.ts';
import type { SharedReads } from './shared-reads.ts';

/** When the machine came up, Unix ms; null where /proc/stat does not say. */
export async function readBootTime({ host }: SharedReads): Promise<number | null> {
  const stat = await host.files.readText(host.proc('stat'));
  const seconds = stat.ok ? parseKernelStat(stat.value).bootTime : null;
  return seconds === null ? null : seconds * 1000;
}

/** Clock ticks in which procfs counts, on every architecture that runs containers (USER_HZ). Source: proc_pid_stat(5). */
const MS_PER_TICK = 10;

/** When a process began, Unix ms; null where the time of boot is not known. */
export function startedAt({ startTicks }: { startTicks: number }, bootedAt: number | null): number | null {
  return bootedAt === null ? null : bootedAt + startTicks * MS_PER_TICK;
}

/** `uname -m` has a file of its own (sys/kernel/arch) only since 6.1; before, Node's name for this machine is mapped. */
const MACHINES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686' };

/** The machine name as uname(2) gives it. */
export async function readArchitecture({ host }: SharedReads): Promise<string> {
  const read = await host.files.readText(host.proc('sys/kernel/arch'), { maxBytes: 64 });
  return read.ok ? read.value.trim() : (MACHINES[process.arch] ?? process.arch);
}
