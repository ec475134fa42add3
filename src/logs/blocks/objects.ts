import { parseDocument } from 'yaml';
import { entityId } from '../../evidence/entity.ts';
import type { Fact } from '../../evidence/observation.ts';
import { readEvent } from '../objects/event.ts';
import { readNodeObject } from '../objects/node-object.ts';
import { readPod, type SeenPod } from '../objects/pod.ts';
import { type BlockReader, type Statement, state, type TextKind } from './block.ts';
import { readInspected } from './inspect.ts';

/** A larger text is no paste of objects, and YAML is read slowly. */
const MAX_CHARACTERS = 8 << 20;
const MAX_LINES = 300_000;
const MAX_ITEMS = 5000;

/** `kubectl get node|pod|events -o yaml|json`: a single object or a list. */
export const readObjects: BlockReader = (lines, start) => {
  const first = lines[start] ?? '';
  const isJson = /^\{\s*$|^\{"(?:apiVersion|kind|items|metadata|status)"/.test(first);
  if (!isJson && !/^(?:apiVersion|kind|items):/.test(first)) return null;
  const end = isJson ? endOfJson(lines, start) : endOfYaml(lines, start);
  const text = lines.slice(start, end).join('\n');
  if (end === start || text.length > MAX_CHARACTERS) return null;
  const items = (isJson ? parseJson(text) : parseYaml(text)).flatMap(itemsOf).slice(0, MAX_ITEMS);
  const read = items.map(readItem).filter((r) => r !== null);
  const kind = read[0]?.kind;
  return kind === undefined ? null : { kind, taken: end - start, statements: read.flatMap((r) => r.statements) };
};

/** The line after the brace that closes what began at `start`: kubectl indents all but that. */
function endOfJson(lines: readonly string[], start: number): number {
  if ((lines[start] ?? '').length > 2) return start + 1;
  const end = lines.slice(start, start + MAX_LINES).findIndex((line, i) => i > 0 && /^\}\s*$/.test(line));
  return end === -1 ? start : start + end + 1;
}

/** One document: to a mark, to what is no YAML at the margin, or to a key that it has already, which begins another. */
function endOfYaml(lines: readonly string[], start: number): number {
  const keys = new Set<string>();
  let end = start;
  for (; end < lines.length && end - start < MAX_LINES; end += 1) {
    const line = lines[end] ?? '';
    if (line === '' || /^(?:\s|-\s|#)/.test(line)) continue;
    const key = /^([A-Za-z][\w.-]{0,60}):(?:\s|$)/.exec(line)?.[1];
    if (key === undefined || keys.has(key)) break;
    keys.add(key);
  }
  // What kubectl prints begins with one of these and has the other beside it.
  return keys.has('apiVersion') && (keys.has('kind') || keys.has('items')) ? end : start;
}

function parseJson(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    // Cut off or no JSON after all: then it is not read.
    return [];
  }
}

/** The items of a list one by one: whole, a list of some megabytes takes hundreds of them in memory. */
function parseYaml(text: string): readonly unknown[] {
  const items = itemTexts(text);
  return items.length === 0 ? parseYamlObject(text) : items.slice(0, MAX_ITEMS).flatMap(parseYamlObject);
}

/** What stands below `items:`, where kubectl puts each item's dash at the margin; empty where the text is no such list. */
function itemTexts(text: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^items:\s*$/.test(line));
  const texts: string[][] = [];
  for (const line of start === -1 ? [] : lines.slice(start + 1)) {
    if (line.startsWith('- ')) texts.push([line.slice(2)]);
    else if (line === '' || line.startsWith('  ')) texts.at(-1)?.push(line.slice(2));
    else break;
  }
  return texts.map((item) => item.join('\n'));
}

function parseYamlObject(text: string): readonly unknown[] {
  // Aliases could unfold without bound; kubectl writes none.
  try {
    return [parseDocument(text, { logLevel: 'silent' }).toJS({ maxAliasCount: 0 }) as unknown];
  } catch {
    // Cut off, or no YAML after all: then it is not read.
    return [];
  }
}

function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object') return [];
  const { items } = value as { items?: unknown };
  return Array.isArray(items) ? items : [value];
}

interface ReadItem {
  readonly kind: TextKind;
  readonly statements: readonly Statement[];
}

function readItem(item: unknown): ReadItem | null {
  if (item === null || typeof item !== 'object') return null;
  const { kind } = item as { kind?: unknown };
  if (kind === 'Node') return readNode(item);
  if (kind === 'Pod') return podOf(readPod(item));
  if (kind === 'Event') return eventItem(item);
  const inspected = readInspected(item);
  return inspected && { kind: 'container-list', statements: inspected };
}

function readNode(item: unknown): ReadItem | null {
  const node = readNodeObject(item);
  if (node === null) return null;
  const at = node.ready?.heartbeatAt ?? node.ready?.since ?? null;
  const facts: Fact[] = [node.object, ...(node.ready ? [node.ready] : []), ...node.conditions];
  const { name } = node.object;
  const statements = facts.map((fact) => ({ ...state(fact, [entityId.node()], at), node: name }));
  return { kind: 'node-object', statements };
}

function podOf(pod: SeenPod | null): ReadItem | null {
  if (pod === null) return null;
  const { namespace, name } = pod.fact;
  const id = entityId.pod(pod.uid);
  const containers = pod.containers.map((c) => ({ id: entityId.container(c.id), name: `${name}/${c.name}` }));
  const statement: Statement = {
    ...state(pod.fact, [id]),
    names: [{ id, name: `${namespace}/${name}`, attrs: { namespace, pod: name } }, ...containers],
    ...(pod.nodeName !== '' && { node: pod.nodeName }),
    links: containers.map((c) => [c.id, 'member-of', id] as const),
  };
  return { kind: 'pod-object', statements: [statement] };
}

function eventItem(item: unknown): ReadItem | null {
  const event = readEvent(item);
  if (event === null) return null;
  const { about, at, fact, host } = event;
  const subject =
    about.kind === 'Node' ? entityId.node() : entityId.pod(about.uid || `${about.namespace}/${about.name}`);
  const names = about.kind === 'Node' ? [] : [{ id: subject, name: `${about.namespace}/${about.name}` }];
  const node = about.kind === 'Node' ? about.name : host;
  return { kind: 'events', statements: [{ ...state(fact, [subject], at), ...(node !== '' && { node }), names }] };
}
