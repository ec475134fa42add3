import type { CaseFile } from '../evidence/case-file.ts';
import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import { CaseRecorder, type ProbeRecorder, type SourceRecorder } from '../evidence/recorder.ts';
import { TOPICS, type Topic } from '../evidence/vocabulary/limits.ts';
import type { Statement, TextKind } from './blocks/block.ts';
import { type Candidate, type SeenSignal, thinSignals } from './collect.ts';
import type { LineClock } from './formats/dates.ts';
import { hungTasks } from './hung-tasks.ts';
import { kernelComplaints } from './kernel-complaints.ts';
import { nodesOf, oneNode } from './one-node.ts';
import { type PlacedLine, placeKernel, placeLines, type TimedLines } from './placing.ts';
import { matchLogLine } from './signatures/match.ts';
import type { ReadText } from './text-reader.ts';
import { observeSignals, writeNodeReady } from './write-signals.ts';

/** One text of a case, read. */
export interface CaseText {
  readonly file: string;
  readonly lines: number;
  readonly read: ReadText;
  /** Why it was not read to its end; null where it was. */
  readonly problem: string | null;
  /** Nodes that it told of as well, and that were passed over. */
  readonly otherNodes?: readonly string[];
}

export interface TextCase {
  /** The node to be diagnosed, where the texts may tell of several; null: whichever is not Ready. */
  readonly node?: string | null;
  readonly texts: readonly CaseText[];
  readonly clock: LineClock;
  /** Unix ms: the "now" of texts that tell no time at all. */
  readonly askedAt: number;
  readonly toolVersion: string;
}

/** The case file of texts alone: what they say, "now" being the last moment that they tell of. */
export function buildCase({ texts: all, node = null, clock, askedAt, toolVersion }: TextCase): CaseFile {
  const texts = oneNode(all, node);
  const now = endOf(texts, askedAt);
  const recorder = new CaseRecorder(() => now);
  const record = recorder.probe('logs');
  record.entity(entityId.node(), nodesOf(texts)[0] ?? hostsOf(texts)[0] ?? 'node');
  record.entity(entityId.component('kubelet', null), 'kubelet');
  const timed = texts.map((text) => ({ text, lines: placeLines(text.read.lines, now) }));
  const told = new Set<string>();
  for (const one of timed) writeText(record, one, { clock, now, told });
  writeGaps(record, new Set(texts.flatMap((t) => [...t.read.kinds])));
  const caseFile = recorder.finish(toolVersion);
  const first = timed.reduce((min, { lines }) => Math.min(min, lines.firstAt ?? now), now);
  return { ...caseFile, examined: { from: first, to: now } };
}

/** The machines that lines are of, the one with the most first. */
function hostsOf(texts: readonly CaseText[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { host } of texts.flatMap((t) => t.read.lines)) {
    if (host !== undefined) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([host]) => host);
}

/** The last moment that any text tells of. */
function endOf(texts: readonly CaseText[], askedAt: number): number {
  let last: number | null = null;
  const see = (at: number | null): void => {
    if (at !== null && (last === null || at > last)) last = at;
  };
  for (const { read } of texts) {
    for (const { at } of read.lines) see(at);
    for (const { at } of read.kernel) see(at);
    for (const { at } of read.statements) see(at);
  }
  return last ?? askedAt;
}

const MOST_HOSTS = 20;

interface Writing {
  readonly clock: LineClock;
  readonly now: number;
  /** Signals that another text told already: collectors keep one log several times. */
  readonly told: Set<string>;
}

interface TimedText {
  readonly text: CaseText;
  readonly lines: TimedLines;
}

function writeText(record: ProbeRecorder, { text, lines }: TimedText, { clock, now, told }: Writing): void {
  const source = record.source(text.file, null);
  source.observe(inputOf(text, lines, clock), [entityId.node()]);
  for (const statement of text.read.statements) writeStatement(record, source, statement, now);
  const signals = signalsOf([...lines.placed, ...eventLines(text.read.statements, now)]).filter(isNewTo(told));
  observeSignals(record, source, signals);
  writeNodeReady(source, signals);
  const kernel = placeKernel(text.read.kernel, now);
  for (const { at, fact } of kernelComplaints(kernel, now)) source.observe(fact, [entityId.node()], at);
  for (const statement of hungTasks(kernel)) writeStatement(record, source, statement, now);
  const recognised = text.read.kinds.size > 0;
  if (text.problem !== null) source.end({ status: recognised ? 'partial' : 'failed', error: text.problem });
  else source.end(recognised ? { status: 'ok' } : { status: 'skipped', error: 'nothing in it was recognised' });
}

function isNewTo(told: Set<string>): (seen: SeenSignal) => boolean {
  return ({ at, fact }) => {
    const key = `${at} ${fact.signal} ${fact.line}`;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  };
}

function inputOf(text: CaseText, lines: TimedLines, clock: LineClock): FactOf<'text-input'> {
  const doubts = new Set(text.read.lines.map((line) => line.doubt));
  const year = doubts.has('year-and-zone');
  return {
    type: 'text-input',
    file: text.file,
    kinds: [...text.read.kinds],
    hosts: hostsOf([text]).slice(0, MOST_HOSTS),
    ...(text.otherNodes !== undefined && { otherNodes: [...text.otherNodes] }),
    lines: text.lines,
    firstAt: lines.firstAt,
    lastAt: lines.lastAt,
    assumedYear: year && lines.lastAt !== null ? new Date(lines.lastAt).getUTCFullYear() : null,
    assumedZone: year || doubts.has('zone') ? clock.zone : null,
    outOfOrder: lines.outOfOrder,
    problem: text.problem,
  };
}

function writeStatement(record: ProbeRecorder, source: SourceRecorder, statement: Statement, now: number): void {
  const at = momentOf(statement, now);
  for (const { id, name, attrs } of statement.names ?? []) record.entity(id, name, attrs);
  for (const [from, rel, to] of statement.links ?? []) record.link(from, rel, to);
  source.observe(statement.fact(at, now), statement.about, at);
}

function momentOf({ at, agoMs }: Statement, now: number): number {
  return at ?? (agoMs === null ? now : now - agoMs);
}

/** A kubelet says in an event what it says in its log. */
function eventLines(statements: readonly Statement[], now: number): readonly PlacedLine[] {
  return statements.flatMap((statement): PlacedLine[] => {
    const at = momentOf(statement, now);
    const fact = statement.fact(at, now);
    if (fact.type !== 'cluster-event' || (fact.component !== 'kubelet' && fact.component !== '')) return [];
    const text = `${fact.reason}: ${fact.message}`;
    return [{ at, doubt: 'none', component: 'kubelet', pid: null, level: null, message: text, text, position: null }];
  });
}

function signalsOf(lines: readonly PlacedLine[]): readonly SeenSignal[] {
  const found = lines
    .toSorted((a, b) => a.at - b.at)
    .flatMap((line): Candidate[] => matchLogLine(line).map((fact) => ({ at: line.at, pid: line.pid, fact })));
  return thinSignals(found);
}

/** Topics that a kind of text speaks of. */
const TOPIC_OF: Partial<Readonly<Record<TextKind, Topic>>> = {
  'kubelet-log': 'kubelet-log',
  'kernel-log': 'kernel-log',
  'node-conditions': 'node-object',
  'node-object': 'node-object',
  events: 'node-events',
  'pod-object': 'node-pods',
};

/** All that no text speaks of was not seen. */
function writeGaps(record: ProbeRecorder, kinds: ReadonlySet<TextKind>): void {
  const seen = new Set([...kinds].map((kind) => TOPIC_OF[kind]));
  const source = record.source('host of the node', 'notready collect -o case.tar.gz');
  for (const topic of TOPICS.filter((t) => !seen.has(t))) {
    const detail = 'only texts were given';
    source.observe({ type: 'gap', topic, why: 'not-here', partial: false, detail }, [entityId.node()]);
  }
  source.end({ status: 'skipped', error: 'only texts were given' });
}
