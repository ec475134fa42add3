import type { Host } from './host.ts';
import { parseProcStat } from './proc-stat.ts';
import { isOfRuntime } from './runtime-names.ts';

/** One line of the process table. */
export interface SurveyedProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly comm: string;
  readonly state: string;
  readonly startTicks: number;
  readonly threads: number;
  /** Resolved /proc/PID/exe for runtimes, shims and the kubelet; null elsewhere or where not readable. */
  readonly exe: string | null;
  /** Arguments of the same; null elsewhere or where not readable. */
  readonly args: readonly string[] | null;
}

/** The process table once, quickly, and shared by every probe that needs to know who runs. */
export interface Survey {
  readonly at: number;
  readonly processes: ReadonlyMap<number, SurveyedProcess>;
}

/**
 * Reads the process table. A process that ends meanwhile is left out; one whose arguments cannot be read keeps null.
 * @throws where /proc itself cannot be listed
 */
export async function survey(host: Pick<Host, 'now' | 'proc' | 'files'>): Promise<Survey> {
  const at = host.now();
  const names = await host.files.list(host.proc());
  if (!names.ok) throw new Error(`${host.proc()} cannot be listed: ${names.error}`);
  const pids = names.value.filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(pids.map((pid) => surveyProcess(host, pid)));
  return { at, processes: new Map(processes.filter((p) => p !== null).map((p) => [p.pid, p])) };
}

async function surveyProcess(host: Pick<Host, 'proc' | 'files'>, pid: string): Promise<SurveyedProcess | null> {
  const read = await host.files.readText(host.proc(`${pid}/stat`), { maxBytes: 4096 });
  const stat = read.ok ? parseProcStat(read.value) : null;
  if (stat === null) return null;
  if (!isOfRuntime(stat.comm)) return { ...stat, exe: null, args: null };
  const [exe, cmdline] = await Promise.all([
    host.files.readLink(host.proc(`${pid}/exe`)),
    host.files.readText(host.proc(`${pid}/cmdline`), { maxBytes: 65_536 }),
  ]);
  return { ...stat, exe: exe.ok ? exe.value : null, args: cmdline.ok ? splitArgs(cmdline.value) : null };
}

/** The kernel's thread daemon, from which all kernel threads descend (kernel/kthread.c). */
const KTHREADD = 2;

export function isKernelThread({ pid, ppid }: { pid: number; ppid: number }): boolean {
  return pid === KTHREADD || ppid === KTHREADD;
}

/** Arguments of /proc/PID/cmdline, each ended by a NUL; none for zombies and kernel threads. */
export function splitArgs(cmdline: string): string[] {
  const args = cmdline.split('\0');
  if (args.at(-1) === '') args.pop();
  return args;
}
