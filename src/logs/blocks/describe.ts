import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, state } from './block.ts';

const LONGEST = 400;
const FIELD = /^([A-Z][A-Za-z ]{2,30}):\s*(\S.{0,300})?$/;
const TAINT = /^(\S{1,253}?)(?:=(\S*?))?:(NoSchedule|NoExecute|PreferNoSchedule)$/;

/**
 * The head of `kubectl describe node`: name, taints, versions. Pastes that begin in the middle give what they have.
 * The rows below (conditions, events) are read by themselves. Source: kubectl pkg/describe/describe.go, describeNode.
 */
export const readDescribedNode: BlockReader = (lines, start) => {
  if (!/^(?:Name|Roles|Kubelet Version|Container Runtime Version|Unschedulable):\s/.test(lines[start] ?? ''))
    return null;
  const block = lines.slice(start, start + LONGEST);
  const fields = fieldsOf(block);
  const isNode = fields.has('Kubelet Version') || fields.has('Roles') || fields.has('Unschedulable');
  // A described pod has a name as well.
  if (!isNode || fields.has('Namespace')) return null;
  const fact: FactOf<'node-object'> = {
    type: 'node-object',
    name: fields.get('Name') ?? '',
    unschedulable: fields.get('Unschedulable') === 'true',
    taints: taintsOf(block),
    kubeletVersion: fields.get('Kubelet Version') ?? '',
    runtimeVersion: fields.get('Container Runtime Version') ?? '',
  };
  return { kind: 'node-object', taken: 1, statements: fact.name === '' ? [] : [state(fact, [entityId.node()])] };
};

function fieldsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = lines.flatMap((line): [string, string][] => {
    const [, key = '', value = ''] = FIELD.exec(line.trim()) ?? [];
    return key === '' ? [] : [[key, value.trim()]];
  });
  return new Map(found.reverse());
}

function taintsOf(lines: readonly string[]): FactOf<'node-object'>['taints'] {
  const start = lines.findIndex((line) => line.startsWith('Taints:'));
  if (start === -1) return [];
  const listed: FactOf<'node-object'>['taints'] = [];
  for (const line of lines.slice(start, start + 20)) {
    const [, key, value = '', effect = ''] = TAINT.exec(line.replace('Taints:', '').trim()) ?? [];
    if (key === undefined) break;
    listed.push({ key, value, effect });
  }
  return listed;
}
