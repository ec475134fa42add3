import { stat } from 'node:fs/promises';
import type { FoundIn, ScannedInput, ScanProblem, ScanRequest } from '../scan-contract.ts';
import type { RawLine } from '../signature.ts';
import { isBinary } from './binary.ts';
import { Unanswered, within } from './deadline.ts';
import { EDGE, headLines, tailLines } from './edges.ts';
import { unpacked } from './inflate.ts';
import { type OpenInput, openInput } from './input.ts';
import type { TellLine } from './line-assembler.ts';
import { seek } from './make-kernel.ts';
import { CallbackError, problemOf, STOPPED } from './problem.ts';
import { ProgressMeter } from './progress.ts';
import { sampleInputs } from './sample.ts';
import { type Extent, readRange, scanFile } from './scan-file.ts';
import { scanStream } from './scan-stream.ts';
import { Scanners, type ScanSetting } from './scanners.ts';
import { gather } from './whole-text.ts';

const PATIENCE_MS = 10_000;

/**
 * Reads logs of any size, and tells the lines that hold one of the literals. What is wrong with an input is said in its
 * {@link ScannedInput}.
 * @throws RangeError where a literal cannot be looked for, and what the callbacks throw
 */
export async function scanLogs(request: ScanRequest, setting: ScanSetting = {}): Promise<ScannedInput[]> {
  const sought = seek(request.literals, await sampleInputs(request.inputs), setting.kernel ?? 'fastest');
  const scanners = new Scanners(sought, setting.threads);
  const meter = new ProgressMeter(await sizeOf(request.inputs), request.onProgress ?? ignore, () => performance.now());
  const scanned: ScannedInput[] = [];
  try {
    for (const path of request.inputs) scanned.push(await new InputScan(path, request, scanners, meter).run());
    meter.tell();
    return scanned;
  } finally {
    scanners.close();
  }
}

/** What {@link ScannedInput} says beside the input's name and age. */
type Reading = Omit<ScannedInput, 'file' | 'modifiedAt'>;

const NOTHING: Reading = { bytes: 0, lines: 0, head: [], tail: [], whole: null, problem: null };

class InputScan {
  readonly #path: string;
  readonly #file: string;
  readonly #request: ScanRequest;
  readonly #scanners: Scanners;
  readonly #meter: ProgressMeter;

  constructor(path: string, request: ScanRequest, scanners: Scanners, meter: ProgressMeter) {
    this.#path = path;
    this.#file = path === '-' ? 'stdin' : path;
    this.#request = request;
    this.#scanners = scanners;
    this.#meter = meter;
  }

  async run(): Promise<ScannedInput> {
    const file = this.#file;
    const { signal } = this.#request;
    if (signal?.aborted) return { file, modifiedAt: null, ...NOTHING, problem: STOPPED };
    let input: OpenInput;
    try {
      input = await within(PATIENCE_MS, openInput(this.#path, signal));
    } catch (error) {
      return { file, modifiedAt: null, ...NOTHING, problem: problemOf(error) };
    }
    let hangs = false;
    try {
      const reading = input.kind === 'file' ? await this.#readFile(input) : await this.#readStream(input);
      hangs = reading.problem?.detail === Unanswered.CODE;
      return { file, modifiedAt: input.modifiedAt, ...reading };
    } finally {
      // Closing would wait for what hangs.
      if (hangs) this.#scanners.abandon();
      else await input.close();
    }
  }

  async #readFile({ fd, size }: OpenInput & { kind: 'file' }): Promise<Reading> {
    const { signal, wholeBytes } = this.#request;
    if (size <= wholeBytes) return this.#whole(await readRange(fd, 0, size), null);
    const scanner = this.#scanners.forFile(size);
    const advanced = (bytes: number): void => this.#meter.add(bytes);
    const tellLine: TellLine = (line, found) => this.#tell(line, found);
    const extent = await scanFile({ file: this.#file, fd, size, scanner, signal, tellLine, advanced });
    const { bytes } = extent;
    const head = await readRange(fd, 0, Math.min(EDGE, bytes));
    return this.#reading(extent, head, await readRange(fd, Math.max(0, bytes - EDGE), bytes));
  }

  async #readStream({ bytes, ofFile }: OpenInput & { kind: 'stream' }): Promise<Reading> {
    const { signal, wholeBytes } = this.#request;
    const text = unpacked(this.#counted(bytes, ofFile ? PATIENCE_MS : null));
    const gathered = await gather(text, wholeBytes, signal);
    if (gathered.kind === 'whole') return this.#whole(gathered.bytes, gathered.failure);
    const tellLine: TellLine = (line, found) => this.#tell(line, found);
    const { kernel } = this.#scanners;
    const scan = { file: this.#file, bytes: gathered.bytes, kernel, tellLine, advanced: ignore, signal };
    const extent = await scanStream(scan);
    return this.#reading(extent, extent.head, extent.tail);
  }

  /** The bytes as they come; a file's are waited for so long, a pipe's until the scan is ended. */
  async *#counted(bytes: AsyncIterable<Uint8Array>, patienceMs: number | null): AsyncGenerator<Uint8Array> {
    const pieces = bytes[Symbol.asyncIterator]();
    for (;;) {
      const next = pieces.next();
      const { done, value } = await (patienceMs === null ? next : within(patienceMs, next));
      if (done === true) return;
      this.#meter.add(value.length);
      yield value;
    }
  }

  #tell(line: RawLine, found: FoundIn): void {
    try {
      if (found.literals.length === 0) this.#request.onMark?.(line);
      else this.#request.onCandidate(line, found);
    } catch (error) {
      throw new CallbackError(error);
    }
  }

  #reading({ bytes, lines, failure, stopped }: Extent, head: Uint8Array, tail: Uint8Array): Reading {
    const file = this.#file;
    return {
      bytes,
      lines,
      head: headLines(file, head, bytes <= EDGE),
      tail: tailLines(file, tail, bytes - tail.length, lines),
      whole: null,
      problem: failure === null ? trouble(head, bytes <= EDGE, stopped) : problemOf(failure),
    };
  }

  #whole(bytes: Uint8Array, failure: unknown): Reading {
    const lines = headLines(this.#file, bytes, true);
    const head = headLines(this.#file, bytes.subarray(0, EDGE), bytes.length <= EDGE);
    const begin = Math.max(0, bytes.length - EDGE);
    const tail = tailLines(this.#file, bytes.subarray(begin), begin, lines.length);
    const problem =
      failure === null ? trouble(bytes.subarray(0, EDGE), bytes.length <= EDGE, false) : problemOf(failure);
    const whole = problem?.kind === 'binary' ? null : Buffer.from(bytes).toString('utf8');
    return { bytes: bytes.length, lines: lines.length, head, tail, whole, problem };
  }
}

/** What is wrong with an input that was read without a failure. */
function trouble(head: Uint8Array, whole: boolean, stopped: boolean): ScanProblem | null {
  if (stopped) return STOPPED;
  return isBinary(head, whole) ? { kind: 'binary', detail: 'not a text', offset: null } : null;
}

async function sizeOf(paths: readonly string[]): Promise<number | null> {
  const sizes = await Promise.all(
    paths.map(async (path) => {
      const stats = path === '-' ? null : await within(PATIENCE_MS, stat(path)).catch(() => undefined);
      // What is not there is not read either.
      if (stats === undefined) return 0;
      return stats?.isFile() ? stats.size : null;
    }),
  );
  return sizes.reduce((a, b) => (a === null || b === null ? null : a + b), 0);
}

function ignore(): void {
  // Nobody asked.
}
