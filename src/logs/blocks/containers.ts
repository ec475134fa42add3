import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, type Statement, state } from './block.ts';

const MAX_ROWS = 5000;

/** A table with a header: where each column begins. */
interface Table {
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly taken: number;
}

/** Columns are aligned to the header; values hold single spaces. */
function readTable(lines: readonly string[], start: number, names: readonly string[]): Table | null {
  const header = lines[start] ?? '';
  const found = names.map((name) => ({ name, at: header.indexOf(name) }));
  if (found.some(({ at }) => at === -1)) return null;
  const every = [...header.matchAll(/\S+(?: \S+)*/g)].map((m) => ({ name: m[0], at: m.index }));
  const rows: Record<string, string>[] = [];
  for (const line of lines.slice(start + 1, start + 1 + MAX_ROWS)) {
    if (line.trim() === '' || !/^[0-9a-f]{12,64}\s/.test(line.trim())) break;
    rows.push(
      Object.fromEntries(
        every.map(({ name, at }, i) => [name, line.slice(at, every[i + 1]?.at ?? line.length).trim()]),
      ),
    );
  }
  return rows.length === 0 ? null : { rows, taken: rows.length + 1 };
}

/** `docker ps [-a] [--no-trunc]`. Source: docker cli/command/formatter/container.go. */
export const readDockerPs: BlockReader = (lines, start) => {
  const table = readTable(lines, start, ['CONTAINER ID', 'STATUS', 'NAMES']);
  return table && { kind: 'container-list', taken: table.taken, statements: table.rows.map((r) => dockerRow(r)) };
};

function dockerRow(row: Readonly<Record<string, string>>): Statement {
  const status = row.STATUS ?? '';
  return containerOf({
    id: row['CONTAINER ID'] ?? '',
    name: row.NAMES ?? '',
    image: row.IMAGE ?? '',
    state: dockerState(status),
    exitCode: /^Exited \((\d{1,3})\)/.exec(status)?.[1],
  });
}

function dockerState(status: string): State {
  const word = /^(Up|Exited|Created|Dead|Removal In Progress|Restarting|Paused)/.exec(status)?.[1] ?? '';
  if (word === 'Up') return status.includes('(Paused)') ? 'paused' : 'running';
  return DOCKER_STATES[word] ?? 'unknown';
}

type State = FactOf<'container'>['state'];
const DOCKER_STATES: Readonly<Record<string, State>> = {
  Exited: 'exited',
  Created: 'created',
  Dead: 'dead',
  'Removal In Progress': 'removing',
  Restarting: 'restarting',
};

/** `crictl ps [-a]`. Source: cri-tools cmd/crictl/container.go. */
export const readCrictlPs: BlockReader = (lines, start) => {
  const table = readTable(lines, start, ['CONTAINER', 'STATE', 'ATTEMPT']);
  return table && { kind: 'container-list', taken: table.taken, statements: table.rows.map((r) => crictlRow(r)) };
};

const CRI_STATES: Readonly<Record<string, State>> = { Running: 'running', Exited: 'exited', Created: 'created' };

function crictlRow(row: Readonly<Record<string, string>>): Statement {
  return containerOf({
    id: row['CONTAINER ID'] ?? row.CONTAINER ?? '',
    name: row.NAME ?? '',
    image: row.IMAGE ?? '',
    state: CRI_STATES[row.STATE ?? ''] ?? 'unknown',
    attempt: row.ATTEMPT,
  });
}

/** `crictl pods`. Source: cri-tools cmd/crictl/sandbox.go. */
export const readCrictlPods: BlockReader = (lines, start) => {
  const table = readTable(lines, start, ['POD ID', 'STATE', 'NAMESPACE']);
  return table && { kind: 'container-list', taken: table.taken, statements: table.rows.map((r) => sandboxRow(r)) };
};

function sandboxRow(row: Readonly<Record<string, string>>): Statement {
  return containerOf({
    id: row['POD ID'] ?? '',
    name: `${row.NAMESPACE ?? ''}/${row.NAME ?? ''}`,
    image: '',
    state: row.STATE === 'Ready' ? 'running' : 'exited',
    attempt: row.ATTEMPT,
    isSandbox: true,
  });
}

interface Sketch {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly state: State;
  readonly exitCode?: string | undefined;
  readonly attempt?: string | undefined;
  readonly isSandbox?: boolean;
}

function containerOf({ id, name, image, state: is, exitCode, attempt, isSandbox = false }: Sketch): Statement {
  const container = entityId.container(id);
  const fact: FactOf<'container'> = {
    type: 'container',
    id,
    name,
    image,
    isSandbox: isSandbox || name.startsWith('k8s_POD_'),
    state: is,
    pid: null,
    createdAt: null,
    startedAt: null,
    finishedAt: null,
    exitCode: exitCode === undefined ? null : Number(exitCode),
    restarts: attempt !== undefined && /^\d{1,9}$/.test(attempt) ? Number(attempt) : null,
    crashLooping: false,
    oomKilled: null,
    kubernetes: null,
    sandboxId: null,
    sandboxGone: false,
  };
  return { ...state(fact, [container]), names: [{ id: container, name: name || id.slice(0, 12) }] };
}

const TASK = /^\s*([0-9a-f]{64})\s+(\d{1,8})\s+(CREATED|RUNNING|STOPPED|PAUSED|PAUSING|UNKNOWN)\s*$/;

/** Rows of `ctr task ls`. Source: containerd cmd/ctr/commands/tasks/list.go. */
export const readTasks: BlockReader = (lines, start) => {
  const [, id = '', pid, status = ''] = TASK.exec(lines[start] ?? '') ?? [];
  if (id === '') return null;
  const fact = { type: 'task', namespace: '', containerId: id, pid: Number(pid), status } as const;
  return { kind: 'task-list', taken: 1, statements: [state(fact, [entityId.container(id)])] };
};
