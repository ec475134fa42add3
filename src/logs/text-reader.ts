import { type BlockReader, type ReadBlock, type Statement, TEXT_KINDS, type TextKind } from './blocks/block.ts';
import { readConditions } from './blocks/conditions.ts';
import { readCrictlPods, readCrictlPs, readDockerPs, readTasks } from './blocks/containers.ts';
import { readDescribedNode } from './blocks/describe.ts';
import { readDescribedPod } from './blocks/described-pod.ts';
import { readEvents } from './blocks/events.ts';
import { readGoroutines } from './blocks/goroutines.ts';
import { readFilesystems, readLoad, readMetrics } from './blocks/host-figures.ts';
import { readKernelStack } from './blocks/kernel-stack.ts';
import { readLoggedDump } from './blocks/logged-dump.ts';
import { readMountHolders } from './blocks/mount-holders.ts';
import { readNodeList } from './blocks/nodes.ts';
import { readObjects } from './blocks/objects.ts';
import { readPressure, readProcessStatus } from './blocks/proc-files.ts';
import { readProcessList } from './blocks/ps.ts';
import { readTimedatectl } from './blocks/timedatectl.ts';
import { readVersions } from './blocks/versions.ts';
import type { LineClock } from './formats/dates.ts';
import { entryLine, exportEntries, journalLine } from './formats/journal.ts';
import { type DatedKernelLine, kernelMessage, readKernelLine } from './formats/kernel-lines.ts';
import { parseLogLine } from './formats/log-line.ts';
import { undecorateKeepIndent } from './formats/undecorate.ts';
import { unwrapped, type Wrapping, wrappedLines, wrappingOf } from './formats/wrapping.ts';
import type { LogLine, Position, RawLine } from './signature.ts';
import { matchKernelLine } from './signatures/kernel.ts';
import { matchLogLine } from './signatures/match.ts';

/** A line of the kernel log, and where it stands. */
export interface PlacedKernelLine extends DatedKernelLine {
  readonly position: Position;
}

/** All that was made out of one text, in its order. */
export interface ReadText {
  readonly lines: readonly LogLine[];
  readonly kernel: readonly PlacedKernelLine[];
  readonly statements: readonly Statement[];
  readonly kinds: ReadonlySet<TextKind>;
}

const BLOCKS: readonly BlockReader[] = [
  readObjects,
  readVersions,
  readDescribedPod,
  readDescribedNode,
  readNodeList,
  readConditions,
  readEvents,
  readDockerPs,
  readCrictlPs,
  readCrictlPods,
  readTasks,
  readProcessList,
  readProcessStatus,
  readPressure,
  readGoroutines,
  readFilesystems,
  readMountHolders,
  readKernelStack,
  readTimedatectl,
  readMetrics,
  readLoad,
];

/** Reads any text: logs, tables and objects, one after another or mixed. What is none of these is passed over. */
export function readText(text: string, file: string, clock: LineClock): ReadText {
  const reading = new Reading(file, clock);
  const raw = text.split('\n');
  const lines = raw.map(undecorateKeepIndent);
  reading.wrapping = wrappingOf(lines, isBegin);
  let offset = 0;
  for (let i = 0; i < lines.length; ) {
    const taken = reading.take(lines, i, { file, line: i + 1, offset });
    for (const line of raw.slice(i, i + taken)) offset += byteLength(line) + 1;
    i += taken;
  }
  return reading.result();
}

/** Reads lines that a scanner picked out of a log too large to be looked at whole. */
export function readLines(found: readonly RawLine[], file: string, clock: LineClock): ReadText {
  const reading = new Reading(file, clock);
  for (const { text, position } of found) reading.takeLine(undecorateKeepIndent(text), position);
  return reading.result();
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

class Reading {
  readonly #file: string;
  readonly #clock: LineClock;
  readonly #lines: LogLine[] = [];
  readonly #kernel: PlacedKernelLine[] = [];
  readonly #statements: Statement[] = [];
  readonly #kinds = new Set<TextKind>();
  /** How the whole text was wrapped; null where it was not. */
  wrapping: Wrapping | null = null;

  constructor(file: string, clock: LineClock) {
    this.#file = file;
    this.#clock = clock;
  }

  result(): ReadText {
    const kinds = new Set(TEXT_KINDS.filter((kind) => this.#kinds.has(kind)));
    return { lines: this.#lines, kernel: this.#kernel, statements: this.#statements, kinds };
  }

  /** @returns how many lines it took, at least 1 */
  take(lines: readonly string[], start: number, position: Position): number {
    const line = lines[start] ?? '';
    if (line.trim() === '') return 1;
    if (/^__(?:CURSOR|REALTIME_TIMESTAMP)=/.test(line)) return this.#takeExport(lines, start);
    const dump = line.includes('goroutine ') ? readLoggedDump(lines, start, this.#clock) : null;
    if (dump !== null) return this.#addBlock(dump);
    // Most lines of most texts are a log's: no table begins so.
    for (const read of LOG_HEADER.test(line) ? [] : BLOCKS) {
      const block = read(lines, start, this.#clock);
      if (block !== null) return this.#addBlock(block);
    }
    const wrapped = this.#takeWrapped(lines, start, position);
    if (wrapped > 0) return wrapped;
    const folded = foldedLines(lines, start);
    this.takeLine(
      lines
        .slice(start, start + folded)
        .map(trimmed)
        .join(' '),
      position,
    );
    return folded;
  }

  /** @returns how many lines it took; 0 where the line was not wrapped */
  #takeWrapped(lines: readonly string[], start: number, position: Position): number {
    const { wrapping } = this;
    if (wrapping === null || !isBegin(lines[start] ?? '')) return 0;
    const count = wrappedLines(lines, start, wrapping, isBegin);
    if (count === 1) return 0;
    this.takeLine(unwrapped(lines.slice(start, start + count), wrapping), position);
    return count;
  }

  takeLine(line: string, position: Position): void {
    const kernel = readKernelLine(line.trim(), this.#clock);
    if (kernel !== null) this.#addKernel(kernel, position);
    else this.#addLine(journalLine(line, this.#clock, position) ?? parseLogLine(line, this.#clock, position), position);
  }

  #takeExport(lines: readonly string[], start: number): number {
    let end = start + 1;
    while (end < lines.length && lines[end]?.trim() !== '') end += 1;
    for (const { fields } of exportEntries(lines.slice(start, end))) {
      const position = { file: this.#file, line: start + 1, offset: 0 };
      const line = entryLine(fields, this.#clock, position);
      if (line !== null) this.#addLine(line, position);
    }
    return end - start;
  }

  #addBlock(block: ReadBlock): number {
    this.#kinds.add(block.kind);
    this.#statements.push(...block.statements);
    return block.taken;
  }

  #addKernel(line: DatedKernelLine, position: Position): void {
    this.#kinds.add('kernel-log');
    this.#kernel.push({ ...line, position });
  }

  #addLine(line: LogLine, position: Position): void {
    if (line.component === 'kernel') {
      this.#addKernel({ ...kernelMessage(line.message), at: line.at, doubt: line.doubt }, position);
      return;
    }
    const kind = kindOf(line);
    if (kind !== null) {
      this.#kinds.add(kind);
      this.#lines.push(line);
    } else if (matchKernelLine(line.message) !== null) {
      this.#addKernel({ seconds: null, at: line.at, doubt: line.doubt, text: line.message }, position);
    }
  }
}

const KINDS: Readonly<Record<Exclude<LogLine['component'], null>, TextKind>> = {
  kubelet: 'kubelet-log',
  dockerd: 'runtime-log',
  containerd: 'runtime-log',
  crio: 'runtime-log',
  kernel: 'kernel-log',
  systemd: 'system-log',
  'kube-controller-manager': 'system-log',
};

/** What log a line is of; null where neither its header nor what it says tells. */
function kindOf(line: LogLine): TextKind | null {
  if (line.component !== null) return KINDS[line.component];
  const hasHeader = line.at !== null && line.level !== null;
  if (hasHeader) return /^(?:time="|[A-Z]{4}\[)/.test(line.text) ? 'runtime-log' : 'kubelet-log';
  const [fact] = matchLogLine(line);
  if (fact === undefined) return line.at === null ? null : 'system-log';
  return KINDS[fact.log];
}

const LOG_HEADER =
  /^(?:[IWEF]\d{4} \d\d:|time="|(?:[A-Z][a-z]{2}|\d{1,2}月) {1,2}\d{1,2} \d\d:|\d{4}-\d\d-\d\d[T ]\d|\[\s{0,6}\d{1,9}\.\d)/;

/** A forum folds a line into at most so many. */
const MOST_FOLDED = 8;
const BEGINS =
  /^(?:[IWEF]\d{4} |[IWEF] ?\S{1,80}\.go:\d|time="|\{|\[|<\d|(?:[A-Z][a-z]{2}|\d{1,2}月) {1,2}\d{1,2} \d\d:|\d{4}-\d\d-\d\d[T ])/;
const BARE_HEADER = /\.go:\d{1,6}\]$/;

function isBegin(line: string): boolean {
  return BEGINS.test(line.trim());
}

/** How many lines one line of a log was folded into: the rest is indented, or its first part ends open. */
function foldedLines(lines: readonly string[], start: number): number {
  const first = (lines[start] ?? '').trim();
  if (!BEGINS.test(first)) return 1;
  let quotes = quotesIn(first);
  let count = 1;
  while (count < MOST_FOLDED) {
    const next = lines[start + count] ?? '';
    const open = quotes % 2 === 1 || (first.endsWith(']') && BARE_HEADER.test(first));
    const indented = /^\s{2,}\S/.test(next);
    if (next.trim() === '' || BEGINS.test(next.trim()) || /^[=-]{5}/.test(next)) break;
    if (!indented && !(open && (count === 1 || quotes % 2 === 1))) break;
    quotes += quotesIn(next);
    count += 1;
  }
  return count;
}

function quotesIn(line: string): number {
  return line.match(/(?<!\\)"/g)?.length ?? 0;
}

function trimmed(line: string): string {
  return line.trim();
}
