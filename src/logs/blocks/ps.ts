import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { LineClock } from '../formats/dates.ts';
import type { BlockReader, Statement } from './block.ts';
import { elapsedMs, startOf } from './ps-times.ts';

/** A row of ps, as far as its columns tell. */
interface PsRow {
  readonly pid: number;
  readonly ppid: number | null;
  readonly state: string | null;
  readonly wchan: string | null;
  /** As its columns have it: when it was started, and for how long it has run. */
  readonly started: string | null;
  readonly elapsed: string | null;
  readonly command: string;
}

const MAX_ROWS = 20_000;
// UID PID PPID C STIME TTY TIME CMD
const EF =
  /^\s*(\S{1,32})\s+(\d{1,8})\s+(\d{1,8})\s+\d{1,3}\s+(\S{3,8})\s+(?:\?|pts\/\d+|tty\S*)\s+[\d:-]{5,12}\s+(\S.*)$/;
// USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
const AUX =
  /^\s*(\S{1,32})\s+(\d{1,8})\s+[\d.]{1,6}\s+[\d.]{1,5}\s+\d+\s+\d+\s+(?:\?|pts\/\d+|tty\S*)\s+([RSDZTtXIW][<NLsl+]{0,5})\s+(\S{3,8})\s+[\d:]{3,12}\s+(\S.*)$/;
const COMMANDS: ReadonlySet<string> = new Set(['CMD', 'COMMAND', 'ARGS', 'COMM']);

/** A process list: `ps -ef`, `ps aux`, or any `ps -o` with a header that names PID and a command. Source: procps ps(1). */
export const readProcessList: BlockReader = (lines, start, clock) => {
  const columns = columnsOf(lines[start] ?? '');
  const first = columns === null ? start : start + 1;
  const rows: PsRow[] = [];
  for (const line of lines.slice(first, first + MAX_ROWS)) {
    const row = columns === null ? bareRow(line) : columnRow(line, columns);
    if (row === null) break;
    rows.push(row);
  }
  if (rows.length === 0) return null;
  return {
    kind: 'process-list',
    taken: first - start + rows.length,
    statements: rows.flatMap((row) => processStatements(row, clock)),
  };
};

function columnsOf(line: string): readonly string[] | null {
  const columns = line.trim().split(/\s+/);
  const last = columns.at(-1) ?? '';
  const named = columns.length >= 3 && columns.length <= 24 && columns.includes('PID') && COMMANDS.has(last);
  return named && columns.every((c) => /^[A-Z%][A-Z%_+-]{0,15}$/.test(c)) ? columns : null;
}

function bareRow(line: string): PsRow | null {
  const ef = EF.exec(line);
  const unsaid = { state: null, wchan: null, elapsed: null };
  if (ef) {
    return { ...unsaid, pid: Number(ef[2]), ppid: Number(ef[3]), started: ef[4] ?? null, command: ef[5] ?? '' };
  }
  const aux = AUX.exec(line);
  if (aux === null) return null;
  const [, , pid, state = null, started = null, command = ''] = aux;
  return { ...unsaid, pid: Number(pid), ppid: null, state, started, command };
}

/** lstart prints five words, `Mon Jun 17 03:18:17 2019`. */
const LSTART = /^[A-Z][a-z]{2}\s+[A-Z][a-z]{2}\s+\d{1,2}\s+\d\d:\d\d:\d\d\s+\d{4}\s*/;

function columnRow(line: string, columns: readonly string[]): PsRow | null {
  const values = new Map<string, string>();
  let rest = line.trim();
  for (const column of columns.slice(0, -1)) {
    const taken = (column === 'STARTED' ? LSTART.exec(rest) : null) ?? /^\S+\s*/.exec(rest);
    if (taken === null) return null;
    values.set(column, taken[0].trim());
    rest = rest.slice(taken[0].length);
  }
  return rest === '' ? null : rowOf(values, rest);
}

function rowOf(values: ReadonlyMap<string, string>, command: string): PsRow | null {
  const pid = values.get('PID') ?? '';
  if (!/^\d{1,8}$/.test(pid)) return null;
  const first = (...columns: readonly string[]): string | null =>
    columns.map((column) => values.get(column)).find((value) => value !== undefined) ?? null;
  const [ppid, wchan] = [first('PPID'), first('WCHAN')];
  return {
    pid: Number(pid),
    ppid: ppid !== null && /^\d+$/.test(ppid) ? Number(ppid) : null,
    state: first('STAT', 'S', 'STATE'),
    wchan: wchan === '-' ? null : wchan,
    started: first('STARTED', 'STIME', 'START'),
    elapsed: first('ELAPSED'),
    command,
  };
}

/** Of a whole list only what bears on a hang is kept: shims, runc and its kin, daemons, and what is in D, Z or T. */
const OF_INTEREST =
  /(?:^|\/)(?:docker-)?(?:containerd-shim|containerd|runc|crun|dockerd|kubelet|crio|conmon|hyperkube)(?:\s|-runc|-v2|$)|<defunct>/;

/** What a process list, or a process's own status, says of one process. */
export function processStatements(row: PsRow, clock: LineClock): readonly Statement[] {
  const defunct = row.command.includes('<defunct>');
  const letter = row.state?.[0] ?? (defunct ? 'Z' : null);
  const odd = letter !== null && 'DZTt'.includes(letter);
  if (!odd && !OF_INTEREST.test(row.command)) return [];
  const comm = commOf(row.command);
  const id = entityId.process(row.pid);
  const names = [{ id, name: comm, attrs: { pid: row.pid } }];
  const fact = (at: number): FactOf<'process'> => processOf(row, letter ?? 'S', comm, startedAt(row, at, clock));
  const links = row.ppid === null ? [] : [[id, 'child-of', entityId.process(row.ppid)] as const];
  return [{ at: null, agoMs: null, about: [id], fact, names, links }];
}

function commOf(command: string): string {
  const word = command.replace(/^\[|\](?: <defunct>)?$|\s*<defunct>$/g, '').split(/\s/, 1)[0] ?? '';
  return (word.slice(word.lastIndexOf('/') + 1) || command).slice(0, 15);
}

function startedAt({ started, elapsed }: PsRow, at: number, clock: LineClock): number | null {
  const ran = elapsed === null ? null : elapsedMs(elapsed);
  if (ran !== null) return at - ran;
  const told = started === null ? null : startOf(started, clock);
  // Without a year it may come out after the list itself.
  return told === null || told > at ? null : told;
}

function processOf(
  { pid, ppid, command }: PsRow,
  letter: string,
  comm: string,
  started: number | null,
): FactOf<'process'> {
  return {
    type: 'process',
    pid,
    ppid: ppid ?? 0,
    // ps does not tell; a text is one look at one time.
    startTicks: 0,
    startedAt: started,
    comm,
    cmdline: letter === 'Z' ? '' : command,
    exe: null,
    state: letter,
    lasting: false,
    threads: 1,
    uid: null,
    adopted: false,
  };
}
