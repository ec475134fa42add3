import type { CaseFile } from '../evidence/case-file.ts';
import { buildCase, type CaseText } from './case.ts';
import { inferClock } from './clock.ts';
import type { LineClock } from './formats/dates.ts';
import { KeptLines } from './keep-lines.ts';
import type { ScanLogs, ScannedInput } from './scan-contract.ts';
import type { RawLine } from './signature.ts';
import { LITERALS } from './signatures/index.ts';
import { readLines, readText } from './text-reader.ts';

/** Up to here a text is looked at whole; beyond, it is a log, and only lines that can mean something are. */
const WHOLE_BYTES = 8 << 20;

export interface LogsRequest {
  readonly inputs: readonly string[];
  readonly scan: ScanLogs;
  /** Unix ms. */
  readonly askedAt: number;
  readonly toolVersion: string;
  /** The node to be diagnosed, where the texts tell of several; left out: whichever is not Ready. */
  readonly node?: string;
  readonly signal?: AbortSignal;
}

/** What could not be read, or made nothing of, and where. */
export interface TextProblem {
  readonly file: string;
  /** `unknown`: read, and nothing in it was recognised. */
  readonly kind: NonNullable<ScannedInput['problem']>['kind'] | 'unknown' | 'empty';
  readonly detail: string;
  readonly offset: number | null;
}

export interface LogsCase {
  readonly caseFile: CaseFile;
  /** False where nothing at all was recognised. */
  readonly recognised: boolean;
  readonly problems: readonly TextProblem[];
}

/** Makes a case file of logs and other texts, whatever they are. */
export async function readLogsCase(request: LogsRequest): Promise<LogsCase> {
  const { inputs, scan, askedAt, toolVersion, signal } = request;
  const kept = new KeptLines();
  const scanned = await scan({
    inputs,
    literals: LITERALS,
    wholeBytes: WHOLE_BYTES,
    onCandidate: (line, found) => kept.add(line, found),
    ...(signal && { signal }),
  });
  const clock = inferClock(scanned.map(sampleOf), writtenBy(scanned, askedAt));
  const texts = scanned.map((input): FoundText => readInput(input, kept.linesOf(input.file), clock));
  return {
    caseFile: buildCase({ texts: texts.filter(isTelling), node: request.node ?? null, clock, askedAt, toolVersion }),
    recognised: texts.some((t) => t.read.kinds.size > 0),
    problems: scanned.flatMap((input, i) => problemsOf(input, texts[i])),
  };
}

function sampleOf(input: ScannedInput): string {
  return input.whole ?? [...input.head, ...input.tail].map((line) => line.text).join('\n');
}

interface FoundText extends CaseText {
  readonly foundIn: string | null;
}

/** Of a member of an archive that says nothing nobody need hear. */
function isTelling({ foundIn, read }: FoundText): boolean {
  return foundIn === null || read.kinds.size > 0;
}

/** Nothing was written after the newest file; a pipe may be of now. */
function writtenBy(scanned: readonly ScannedInput[], askedAt: number): number {
  const times = scanned.filter((s) => s.problem?.kind !== 'absent').map((s) => s.modifiedAt ?? askedAt);
  return times.length === 0 ? askedAt : Math.min(Math.max(...times), askedAt);
}

function readInput(input: ScannedInput, candidates: readonly RawLine[], clock: LineClock): FoundText {
  const { file, foundIn, lines, problem } = input;
  const read =
    input.whole === null
      ? readLines([...input.head.filter(isPlain), ...candidates, ...input.tail.filter(isPlain)], file, clock)
      : readText(input.whole, file, clock);
  return { file, foundIn, lines, read, problem: problem === null ? null : `${problem.kind}: ${problem.detail}` };
}

/** Neither candidate nor worth more than its time. */
function isPlain({ text }: RawLine): boolean {
  return !LITERALS.some((literal) => text.includes(literal));
}

function problemsOf(input: ScannedInput, text: CaseText | undefined): readonly TextProblem[] {
  const { file, foundIn, problem, bytes } = input;
  // Nobody asked for this very member of an archive: that it says nothing is no news.
  const isNews = foundIn === null || (problem !== null && problem.kind !== 'binary');
  if (!isNews) return [];
  if (problem !== null) return [{ file, ...problem }];
  if (bytes === 0) return [{ file, kind: 'empty', detail: '', offset: 0 }];
  return text?.read.kinds.size === 0 ? [{ file, kind: 'unknown', detail: '', offset: 0 }] : [];
}
