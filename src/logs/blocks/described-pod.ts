import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { BlockReader, Statement } from './block.ts';
import { ageMs } from './kubectl-times.ts';

const LONGEST = 400;
/** Where the namespace stands, below the name. */
const HEAD = 3;
const TOP = /^([A-Z][A-Za-z ]{1,40}):\s*(.{0,400}?)\s*$/;
const CONTAINER = /^ {2}([a-z0-9][a-z0-9-]{0,62}):$/;
const FIELD = /^ {4,8}([A-Z][A-Za-z ]{1,30}):\s*(.{0,400}?)\s*$/;
const ID = /^[a-z-]{1,20}:\/\/([0-9a-f]{64})$/;
const TERMINATING = /^Terminating \((?:lasts|expires) (\S+)\)$/;

interface DescribedContainer {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
  /** Of its present state alone; the last state has a reason as well. */
  readonly reason: string;
}

interface DescribedPod {
  readonly namespace: string;
  readonly name: string;
  readonly top: ReadonlyMap<string, string>;
  readonly containers: readonly DescribedContainer[];
  readonly block: readonly string[];
}

/**
 * The head of `kubectl describe pod`; its events are read by themselves. A described pod has no uid: its events have, so
 * it is known by namespace and name. Source: kubectl pkg/describe/describe.go, describePod and describeContainers @ 1.20.2.
 */
export const readDescribedPod: BlockReader = (lines, start) => {
  const first = TOP.exec(lines[start] ?? '');
  if (first?.[1] !== 'Name') return null;
  const namespace = lines
    .slice(start + 1, start + 1 + HEAD)
    .flatMap((l) => /^Namespace:\s+(\S+)$/.exec(l)?.[1] ?? [])[0];
  const end = endOf(lines, start);
  const block = lines.slice(start, end);
  const top = fieldsOf(block, TOP);
  // Other objects that are described have a name and a namespace as well; only a pod is on a node and has a status.
  if (namespace === undefined || !top.has('Node') || !top.has('Status')) return null;
  const name = first[2] ?? '';
  const containers = containersOf(block);
  return {
    kind: 'pod-object',
    taken: end - start,
    statements: [statementOf({ namespace, name, top, containers, block })],
  };
};

/** To its events, to what else is described, or to what is none of it. */
function endOf(lines: readonly string[], start: number): number {
  const most = Math.min(lines.length, start + LONGEST);
  let end = start + 1;
  while (end < most) {
    const line = lines[end] ?? '';
    if (/^(?:Events|Name):/.test(line) || (line !== '' && !/^\s/.test(line) && !TOP.test(line))) break;
    end += 1;
  }
  return end;
}

function fieldsOf(lines: readonly string[], form: RegExp): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [, key = '', value = ''] = form.exec(line) ?? [];
    if (key !== '' && !found.has(key)) found.set(key, value);
  }
  return found;
}

function containersOf(block: readonly string[]): readonly DescribedContainer[] {
  const from = block.findIndex((line) => /^(?:Init )?Containers:$/.test(line.trimEnd()));
  const to = block.findIndex((line, i) => i > from && /^(?:Conditions|Volumes|QoS Class|Node-Selectors):/.test(line));
  if (from === -1) return [];
  const lines = block.slice(from, to === -1 ? undefined : to);
  const starts = lines.flatMap((line, i) => (CONTAINER.test(line.trimEnd()) ? [i] : []));
  return starts.map((at, i) => {
    const own = lines.slice(at + 1, starts[i + 1]);
    const state = own.findIndex((line) => /^\s+State:/.test(line));
    const below = state === -1 ? [] : own.slice(state + 1, state + 2);
    return {
      name: CONTAINER.exec(lines[at]?.trimEnd() ?? '')?.[1] ?? '',
      fields: fieldsOf(own, FIELD),
      reason: below.flatMap((line) => /^\s+Reason:\s+(\S+)/.exec(line)?.[1] ?? [])[0] ?? '',
    };
  });
}

function statementOf(pod: DescribedPod): Statement {
  const { namespace, name, top, containers } = pod;
  const id = entityId.pod(`${namespace}/${name}`);
  const node = /^([^/\s]+)\//.exec(top.get('Node') ?? '')?.[1];
  const known = containers.flatMap((c) => {
    const whole = ID.exec(c.fields.get('Container ID') ?? '')?.[1];
    return whole === undefined ? [] : [{ id: entityId.container(whole), name: `${name}/${c.name}` }];
  });
  return {
    at: null,
    agoMs: null,
    about: [id],
    fact: (_at, now) => factOf(pod, now),
    names: [{ id, name: `${namespace}/${name}`, attrs: { namespace, pod: name } }, ...known],
    ...(node !== undefined && { node }),
    links: known.map((c) => [c.id, 'member-of', id] as const),
  };
}

function factOf({ namespace, name, top, containers, block }: DescribedPod, now: number): FactOf<'pod-object'> {
  const status = top.get('Status') ?? '';
  return {
    type: 'pod-object',
    namespace,
    name,
    phase: TERMINATING.test(status) ? '' : status,
    ready: block.some((line) => /^\s+Ready\s+True\s*$/.test(line)),
    reason: top.get('Reason') ?? '',
    deletionRequestedAt: deletionRequestedAt(top, now),
    gracePeriodSeconds: graceSeconds(top),
    ownerKind: /^([A-Za-z]+)\//.exec(top.get('Controlled By') ?? '')?.[1] ?? '',
    waiting: containers
      .filter((c) => c.fields.get('State') === 'Waiting')
      .map((c) => ({ container: c.name, reason: c.reason, message: '' })),
    restarts: containers.reduce((sum, c) => sum + (Number(c.fields.get('Restart Count')) || 0), 0),
  };
}

function graceSeconds(top: ReadonlyMap<string, string>): number | null {
  const text = /^(\d{1,9})s$/.exec(top.get('Termination Grace Period') ?? '')?.[1];
  return text === undefined ? null : Number(text);
}

/** It lasts since its grace period was over, and was asked for before that. */
function deletionRequestedAt(top: ReadonlyMap<string, string>, now: number): number | null {
  const lasts = ageMs(TERMINATING.exec(top.get('Status') ?? '')?.[1] ?? '');
  return lasts === null ? null : now - lasts - (graceSeconds(top) ?? 0) * 1000;
}
