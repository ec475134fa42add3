/** What is used of /proc/PID/status or /proc/PID/task/TID/status. Source: proc_pid_status(5). */
export interface ProcStatus {
  /** Real user id. */
  readonly uid: number | null;
  /** Times it gave the CPU up or lost it, together: unchanged means that it has not run in between. */
  readonly contextSwitches: number | null;
  /** Whether it is PID 1 of a PID namespace below the one it is read from (NSpid, Linux 4.1). */
  readonly namespaceInit: boolean;
}

/** @param text the whole file; fields that are not there become null */
export function parseProcStatus(text: string): ProcStatus {
  const voluntary = numberAfter(text, 'voluntary_ctxt_switches');
  const involuntary = numberAfter(text, 'nonvoluntary_ctxt_switches');
  const pids = /^NSpid:\s*([\d\t ]+)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  return {
    uid: numberAfter(text, 'Uid'),
    contextSwitches: voluntary === null || involuntary === null ? null : voluntary + involuntary,
    namespaceInit: pids.length > 1 && pids.at(-1) === '1',
  };
}

function numberAfter(text: string, name: string): number | null {
  const digits = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
