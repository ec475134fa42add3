import type { RawLine } from './signature.ts';

/** What is asked of the engine that reads log files. */
export interface ScanRequest {
  /** Paths, in the order given; `-` is standard input. */
  readonly inputs: readonly string[];
  /** Lines that hold at least one of these are handed over. */
  readonly literals: readonly string[];
  /** Inputs of at most so many bytes (unpacked) are handed over whole as well: they may be no log at all. */
  readonly wholeBytes: number;
  /** Ends the scan early; what was seen until then is returned. */
  readonly signal?: AbortSignal;
}

/** One input, or one entry of an archive. */
export interface ScannedInput {
  /** As {@link RawLine}'s `position.file` has it. */
  readonly file: string;
  /** Bytes seen, unpacked. */
  readonly bytes: number;
  /** Lines seen. */
  readonly lines: number;
  /** The first and the last lines (64 KiB each at most): for the form, the year, the zone and the end of time. */
  readonly head: readonly RawLine[];
  readonly tail: readonly RawLine[];
  /** The text, where it is no longer than `wholeBytes`; then `candidates` is empty. */
  readonly whole: string | null;
  /** Lines that hold a literal, in the order of the file. */
  readonly candidates: Iterable<RawLine>;
  /** Why it was not read to its end; null where it was. */
  readonly problem: ScanProblem | null;
}

export interface ScanProblem {
  /** `binary`: no text. `cut-off`: a compressed file that ends early; what came before counts. */
  readonly kind: 'absent' | 'denied' | 'folder' | 'binary' | 'cut-off' | 'stopped' | 'failed';
  /** Errno name or the library's word. */
  readonly detail: string;
  /** Byte in the file as it is on disk; null where that makes no sense. */
  readonly offset: number | null;
}

/** The engine: implemented by the scanner, and by a simple bounded reader where that is not at hand. */
export type ScanLogs = (request: ScanRequest) => Promise<readonly ScannedInput[]>;
