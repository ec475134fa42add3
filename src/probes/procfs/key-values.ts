/**
 * Lines of a name and a number: `MemTotal:  123 kB`, `pgmajfault 7`, `nr_throttled 3`, `max 12`.
 * /proc/meminfo, /proc/vmstat, cpu.stat, memory.events, pids.events and their like. The unit, if any, is left to the reader.
 */
export function parseKeyValues(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name, value] = line.trim().split(/[\s:]+/, 2);
    const number = Number(value);
    if (name && value && Number.isFinite(number)) values.set(name, number);
  }
  return values;
}
