/** What is used of /proc/PID/stat or /proc/PID/task/TID/stat. */
export interface ProcStat {
  readonly pid: number;
  readonly comm: string;
  /** One letter. */
  readonly state: string;
  readonly ppid: number;
  /** num_threads: threads of the whole process that still exist, a dead leader included. */
  readonly threads: number;
  /** Clock ticks since boot. */
  readonly startTicks: number;
}

/**
 * One line of /proc/PID/stat. The name in parentheses may itself hold blanks and parentheses: it ends at the last `)`.
 * Source: proc_pid_stat(5), fields 1-4, 20, 22.
 * @returns null where the text is not such a line
 */
export function parseProcStat(text: string): ProcStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const pid = Number.parseInt(text.slice(0, open), 10);
  // Field 3 is the first after the name.
  const fields = text.slice(close + 2).split(' ', 20);
  const [state = '', ppid] = fields;
  const stat = {
    pid,
    comm: text.slice(open + 1, close),
    state,
    ppid: Number(ppid),
    threads: Number(fields[17]),
    startTicks: Number(fields[19]),
  };
  const numbers = [stat.pid, stat.ppid, stat.threads, stat.startTicks];
  return state.length === 1 && numbers.every(Number.isSafeInteger) ? stat : null;
}
