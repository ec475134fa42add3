import type { RawLine } from './signature.ts';

/** What is asked of the engine that reads log files. */
export interface ScanRequest {
  /** Paths, in the order given; `-` is standard input. Of folders and archives what can matter in them is read. */
  readonly inputs: readonly string[];
  /** Lines that hold at least one of these are handed over. */
  readonly literals: readonly string[];
  /** Inputs of at most so many bytes (unpacked) are handed over whole instead: they may be no log at all. */
  readonly wholeBytes: number;
  /** Told of each line that holds a literal: within a file in its order, while several files may be read at once. */
  readonly onCandidate: (line: RawLine, found: FoundIn) => void;
  /** Told of a whole line in about every MiB of a log: so that the time is known where no candidate stands. */
  readonly onMark?: (line: RawLine) => void;
  /** Told some ten times a second, and at the end. */
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Ends the scan early; what was seen until then is returned. */
  readonly signal?: AbortSignal;
}

/** What was found in a candidate. */
export interface FoundIn {
  /** Which of {@link ScanRequest}'s `literals`: their indexes, each once. */
  readonly literals: readonly number[];
  /** The line is longer than 64 KiB, and this is one part of it: each part in which a literal starts is told. */
  readonly cut: boolean;
}

/** How far a scan is. */
export interface ScanProgress {
  /** Bytes read, as they are on disk: of a compressed file those of the file. */
  readonly bytes: number;
  /** Of all inputs together; null where one of them is a pipe. */
  readonly total: number | null;
  /** Bytes a second since the scan began. */
  readonly rate: number;
  readonly secondsLeft: number | null;
}

/** One input, or one member of an archive or of a folder. */
export interface ScannedInput {
  /** As {@link RawLine}'s `position.file` has it. */
  readonly file: string;
  /** The input that it was found in, an archive or a folder; null where it was named itself. */
  readonly foundIn: string | null;
  /** When it was last written, Unix ms; null where that is not known, as of a pipe. The year of klog's lines is read off it. */
  readonly modifiedAt: number | null;
  /** Bytes and lines seen, unpacked. */
  readonly bytes: number;
  readonly lines: number;
  /** The first and the last lines (64 KiB each at most): for the form, the zone and the end of time. */
  readonly head: readonly RawLine[];
  readonly tail: readonly RawLine[];
  /** The text, where it is no longer than `wholeBytes`; then no candidate of it is told. */
  readonly whole: string | null;
  /** Why it was not read to its end; null where it was. */
  readonly problem: ScanProblem | null;
}

export interface ScanProblem {
  /**
   * `binary`: no text. `cut-off`: a compressed file or an archive that ends early, `bounded`: it was not read to its end,
   * for it is too much; what came before counts. `nothing-known`: an archive or a folder without a name that may matter.
   */
  readonly kind: 'absent' | 'denied' | 'binary' | 'cut-off' | 'bounded' | 'nothing-known' | 'stopped' | 'failed';
  /** Errno name or the library's word. */
  readonly detail: string;
  /** Byte in the file as it is on disk; null where that makes no sense. */
  readonly offset: number | null;
}

/** The engine: implemented by the scanner, and by a simple bounded reader where that is not at hand. */
export type ScanLogs = (request: ScanRequest) => Promise<readonly ScannedInput[]>;
