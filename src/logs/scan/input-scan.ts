import type { ScannedInput, ScanRequest } from '../scan-contract.ts';
import type { ArchiveLimits } from './archive/limits.ts';
import { scanArchive } from './archive/scan-archive.ts';
import { isTar, TAR_START } from './archive/tar.ts';
import { Unanswered, within } from './deadline.ts';
import { EDGE } from './edges.ts';
import { unpacked } from './inflate.ts';
import { type OpenInput, openInput } from './input.ts';
import { peek } from './peek.ts';
import { problemOf, STOPPED } from './problem.ts';
import type { ProgressMeter } from './progress.ts';
import { NOTHING_READ, type Reading, scannedReading, wholeReading } from './reading.ts';
import { readRange, scanFile } from './scan-file.ts';
import { scanText, tellerOf } from './scan-text.ts';
import type { Scanners } from './scanners.ts';
import type { Target } from './targets.ts';

const PATIENCE_MS = 10_000;

/** What all inputs of one request share. */
interface Scan {
  readonly request: ScanRequest;
  readonly scanners: Scanners;
  readonly meter: ProgressMeter;
  readonly limits: ArchiveLimits;
}

/** Reads one file or pipe, whatever it is. */
export class InputScan {
  readonly #target: Target;
  readonly #scan: Scan;

  constructor(target: Target, scan: Scan) {
    this.#target = target;
    this.#scan = scan;
  }

  /** Of an archive each member that was read. */
  async run(): Promise<readonly ScannedInput[]> {
    const { signal } = this.#scan.request;
    if (signal?.aborted) return [this.#input(null, { ...NOTHING_READ, problem: STOPPED })];
    let input: OpenInput;
    try {
      input = await within(PATIENCE_MS, openInput(this.#target.path, signal));
    } catch (error) {
      return [this.#input(null, { ...NOTHING_READ, problem: problemOf(error) })];
    }
    let hangs = false;
    try {
      const found = input.kind === 'file' ? [await this.#readFile(input)] : await this.#readStream(input);
      hangs = found.some(({ problem }) => problem?.detail === Unanswered.CODE);
      return found;
    } finally {
      // Closing would wait for what hangs.
      if (hangs) this.#scan.scanners.abandon();
      else await input.close();
    }
  }

  #input(modifiedAt: number | null, reading: Reading): ScannedInput {
    const { file, foundIn } = this.#target;
    return { file, foundIn, modifiedAt, ...reading };
  }

  async #readFile(input: OpenInput & { kind: 'file' }): Promise<ScannedInput> {
    const { fd, size, modifiedAt } = input;
    const { request, scanners, meter } = this.#scan;
    const { file } = this.#target;
    if (size <= request.wholeBytes) {
      const { bytes, failure } = await rangeInTime(fd, 0, size);
      return this.#input(modifiedAt, wholeReading(file, bytes, failure));
    }
    const { signal } = request;
    const advanced = (bytes: number): void => meter.add(bytes);
    const extent = await scanners.inTurn(size, (scanner) =>
      scanFile({ file, fd, size, scanner, signal, tellLine: tellerOf(request), advanced }),
    );
    const { bytes } = extent;
    const head = await rangeInTime(fd, 0, Math.min(EDGE, bytes));
    const tail = await rangeInTime(fd, Math.max(0, bytes - EDGE), bytes);
    const failure = extent.failure ?? head.failure ?? tail.failure;
    return this.#input(modifiedAt, scannedReading(file, { ...extent, failure }, head.bytes, tail.bytes));
  }

  async #readStream({ bytes, ofFile, modifiedAt }: OpenInput & { kind: 'stream' }): Promise<readonly ScannedInput[]> {
    const { request, scanners, limits } = this.#scan;
    const { file } = this.#target;
    const { start, all } = await peek(unpacked(this.#counted(bytes, ofFile ? PATIENCE_MS : null)), TAR_START);
    if (isTar(start)) return scanArchive({ file, modifiedAt, tar: all }, request, scanners, limits);
    const reading = await scanText({ file, bytes: all, wholeBytes: request.wholeBytes }, request, scanners);
    return [this.#input(modifiedAt, reading)];
  }

  /** The bytes as they come; a file's are waited for so long, a pipe's until the scan is ended. */
  async *#counted(bytes: AsyncIterable<Uint8Array>, patienceMs: number | null): AsyncGenerator<Uint8Array> {
    const pieces = bytes[Symbol.asyncIterator]();
    for (;;) {
      const next = pieces.next();
      const { done, value } = await (patienceMs === null ? next : within(patienceMs, next));
      if (done === true) return;
      this.#scan.meter.add(value.length);
      yield value;
    }
  }
}

/** What of a file comes in time, and what was thrown where it did not. */
async function rangeInTime(fd: number, from: number, to: number): Promise<{ bytes: Uint8Array; failure: unknown }> {
  try {
    return { bytes: await within(PATIENCE_MS, readRange(fd, from, to)), failure: null };
  } catch (failure) {
    return { bytes: new Uint8Array(), failure };
  }
}
