export interface ResourceLimit {
  /** null: unlimited. */
  readonly soft: number | null;
  readonly hard: number | null;
}

// `Max open files            20000                20000                files     `
const LINE = /^(Max [a-z -]+?)\s{2,}(\d+|unlimited)\s+(\d+|unlimited)/;

/** /proc/PID/limits by its own names (`Max open files`). Source: proc_pid_limits(5). */
export function parseResourceLimits(text: string): ReadonlyMap<string, ResourceLimit> {
  const limits = new Map<string, ResourceLimit>();
  for (const line of text.split('\n')) {
    const [, name, soft, hard] = LINE.exec(line) ?? [];
    if (name) limits.set(name, { soft: countOf(soft), hard: countOf(hard) });
  }
  return limits;
}

function countOf(word: string | undefined): number | null {
  return word === undefined || word === 'unlimited' ? null : Number(word);
}
