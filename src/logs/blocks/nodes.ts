import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, type Statement, state } from './block.ts';
import { AGE } from './kubectl-times.ts';

const MAX_ROWS = 10_000;
const HEADER = /^\s*NAME\s+STATUS\s+(?:ROLES\s+)?AGE\s+VERSION/;
const ROW = new RegExp(
  String.raw`^\s*([a-z0-9][a-z0-9.-]{0,252})\s+((?:Ready|NotReady|Unknown)(?:,[A-Za-z]{1,40}){0,3})\s+(?:(\S{1,200})\s+)?(${AGE}|<unknown>|<invalid>)\s+(v\S{1,60})(.*)$`,
);
const RUNTIME = /\s((?:docker|containerd|cri-o|rkt):\/\/\S{1,60})\s*$/;

/**
 * `kubectl get nodes`, also `-o wide`. Of one node it is that; of several, those that are not Ready are meant. Source: kubernetes pkg/printers/internalversion/printers.go printNode @ v1.20.2.
 */
export const readNodeList: BlockReader = (lines, start) => {
  if (!HEADER.test(lines[start] ?? '')) return null;
  const rows: RegExpExecArray[] = [];
  for (const line of lines.slice(start + 1, start + 1 + MAX_ROWS)) {
    const row = ROW.exec(line);
    if (row === null) break;
    rows.push(row);
  }
  const [first] = rows;
  if (first === undefined) return null;
  const statements = rows.length === 1 ? oneNode(first) : rows.filter(isNotReady).flatMap(oneOfMany);
  return { kind: 'node-object', taken: rows.length + 1, statements };
};

function isNotReady([, , status = '']: RegExpExecArray): boolean {
  return status.split(',')[0] !== 'Ready';
}

function oneOfMany(row: RegExpExecArray): readonly Statement[] {
  const [, node = ''] = row;
  return oneNode(row).map((statement) => ({ ...statement, node }));
}

function oneNode([, name = '', status = '', , , version = '', rest = '']: RegExpExecArray): readonly Statement[] {
  const words = status.split(',');
  const object: FactOf<'node-object'> = {
    type: 'node-object',
    name,
    unschedulable: words.includes('SchedulingDisabled'),
    taints: [],
    kubeletVersion: version,
    runtimeVersion: RUNTIME.exec(rest)?.[1] ?? '',
  };
  // NotReady is what kubectl makes of False and of Unknown: the object is taken for what it shows, no more.
  if (words[0] !== 'Ready') return [state(object, [entityId.node()]), notReady()];
  return [state(object, [entityId.node()])];
}

function notReady(): Statement {
  const fact = {
    type: 'node-ready',
    status: 'False',
    reason: '',
    message: '',
    since: null,
    by: 'node-object',
  } as const;
  return state(fact, [entityId.node()]);
}
