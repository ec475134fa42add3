import type { Statement } from './blocks/block.ts';
import type { CaseText } from './case.ts';

/**
 * What a dump of a cluster tells of one node: the one that was asked for, else one that is not Ready, else the one with the
 * most lines. What tells of no node in particular is kept.
 */
export function oneNode(texts: readonly CaseText[], asked: string | null): readonly CaseText[] {
  const nodes = nodesOf(texts);
  if (nodes.length < 2 && (asked === null || nodes.includes(asked))) return texts;
  const node = asked ?? chosen(texts, nodes);
  const others = nodes.filter((name) => name !== node);
  return texts.map((text) => ofNode(text, node, others));
}

/** Those whose objects are there. */
export function nodesOf(texts: readonly CaseText[]): readonly string[] {
  return [...new Set(texts.flatMap((t) => t.read.statements.flatMap((s) => (isReadiness(s) ? (s.node ?? []) : []))))];
}

function isReadiness(statement: Statement): boolean {
  return statement.fact(0, 0).type === 'node-ready';
}

function chosen(texts: readonly CaseText[], nodes: readonly string[]): string {
  const lines = new Map<string, number>();
  const notReady = new Set<string>();
  for (const { read } of texts) {
    for (const { host } of read.lines)
      if (host !== undefined) lines.set(shortName(host), (lines.get(shortName(host)) ?? 0) + 1);
    for (const statement of read.statements) {
      const fact = statement.fact(0, 0);
      if (fact.type === 'node-ready' && fact.status !== 'True' && statement.node !== undefined)
        notReady.add(statement.node);
    }
  }
  const candidates = notReady.size > 0 ? nodes.filter((n) => notReady.has(n)) : nodes;
  const weight = (name: string): number => lines.get(shortName(name)) ?? 0;
  return candidates.reduce((best, name) => (weight(name) > weight(best) ? name : best), candidates[0] ?? '');
}

function ofNode(text: CaseText, node: string, others: readonly string[]): CaseText {
  const foreign = new Set(others.map(shortName));
  const isForeign = (name: string | undefined): boolean => name !== undefined && foreign.has(shortName(name));
  const { statements, lines } = text.read;
  const told = new Set(statements.map((s) => s.node));
  return {
    ...text,
    otherNodes: others.filter((name) => told.has(name)),
    read: {
      ...text.read,
      statements: statements.filter((s) => s.node === undefined || shortName(s.node) === shortName(node)),
      lines: lines.filter((line) => !isForeign(line.host)),
    },
  };
}

/** A machine calls itself by its name alone or with its domain; addresses have no domain. */
function shortName(name: string): string {
  return /^[\d.]+$/.test(name) ? name : name.replace(/\..*$/, '');
}
