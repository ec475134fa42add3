import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, state } from './block.ts';
import { processStatements } from './ps.ts';

/** How far below the name the state and the parent stand, `Umask` and `Tgid` and the like between them. */
const STATUS_LINES = 12;
const STATUS_FIELD = /^\s*([A-Z][A-Za-z]{1,20}):[ \t]+(\S.{0,100}?)\s*$/;

/**
 * `cat /proc/PID/status`, at least from the name to the parent. Source: proc_pid_status(5); fs/proc/array.c,
 * proc_pid_status @ linux v3.10 to v6.12.
 */
export const readProcessStatus: BlockReader = (lines, start, clock) => {
  if (!/^\s*Name:[ \t]/.test(lines[start] ?? '')) return null;
  const fields = new Map<string, string>();
  let taken = 0;
  for (const line of lines.slice(start, start + STATUS_LINES)) {
    const [whole, name = '', value = ''] = STATUS_FIELD.exec(line) ?? [];
    if (whole === undefined) break;
    fields.set(name, value);
    taken += 1;
  }
  const letter = /^([RSDZTtXI]) \(/.exec(fields.get('State') ?? '')?.[1];
  const [pid, ppid] = [Number(fields.get('Pid')), Number(fields.get('PPid'))];
  if (letter === undefined || !Number.isInteger(pid) || !Number.isInteger(ppid)) return null;
  const unsaid = { wchan: null, started: null, elapsed: null };
  const row = { ...unsaid, pid, ppid, state: letter, command: fields.get('Name') ?? '' };
  return { kind: 'process-list', taken, statements: processStatements(row, clock) };
};

const PRESSURE_SHOWN = /\/proc\/pressure\/(cpu|memory|io)\b/;
const PRESSURE_ROW = /^\s*(some|full) avg10=(\d+\.\d+) avg60=(\d+\.\d+) avg300=(\d+\.\d+) total=\d+\s*$/;

/** `cat /proc/pressure/io`, below the command or the `==> ... <==` of head. Source: linux Documentation/accounting/psi.rst. */
export const readPressure: BlockReader = (lines, start) => {
  const resource = PRESSURE_SHOWN.exec(lines[start] ?? '')?.[1];
  const rows = new Map(lines.slice(start + 1, start + 3).flatMap(averagesOf));
  const some = rows.get('some');
  if (resource === undefined || some === undefined) return null;
  const fact: FactOf<'pressure'> = {
    type: 'pressure',
    resource: resource as 'cpu' | 'memory' | 'io',
    some,
    full: rows.get('full') ?? null,
    windowMs: null,
    windowSome: null,
    windowFull: null,
  };
  return { kind: 'load', taken: rows.size + 1, statements: [state(fact, [entityId.node()])] };
};

function averagesOf(line: string): readonly (readonly [string, FactOf<'pressure'>['some']])[] {
  const [whole, name = '', avg10, avg60, avg300] = PRESSURE_ROW.exec(line) ?? [];
  return whole === undefined
    ? []
    : [[name, { avg10: Number(avg10), avg60: Number(avg60), avg300: Number(avg300) }] as const];
}
