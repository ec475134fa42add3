/** Which part of the memory is scanned. All are indexes into it. */
export interface Region {
  /** Samples are taken from here, a chunk's begin ... */
  readonly from: number;
  /** ... to here, exclusive. Newlines are counted, and lines found, between the two only. */
  readonly to: number;
  /** Literals may reach beyond: the text known is from here ... */
  readonly first: number;
  /** ... to here, exclusive. Behind it lie at least {@link MARGIN} zero bytes, or more text than any literal has. */
  readonly last: number;
}

/** Bytes behind the text that a kernel may look at. */
export const MARGIN = 256;

/** A line that is told in parts is told with overlaps. */
export const SPARE_MORE = 65_536;

/** Bytes scanned at once. */
export const CHUNK = 1 << 20;

/** Finds literals in its own memory. Each kernel finds the same. */
export interface Kernel {
  /** Text is put here: from {@link base} on there is room for two chunks and a few KiB. */
  readonly memory: Uint8Array<ArrayBuffer>;
  readonly base: number;
  /** From here on there is room for a chunk's text again, and {@link SPARE_MORE} more. */
  readonly spare: number;
  /** Four numbers a line that holds a literal: its start, its end, newlines between `from` and it, its first hit. */
  readonly rows: Uint32Array;
  /** Two numbers an occurrence: its start, its literal's number. In order of the samples, by which starts may lag. */
  readonly hits: Uint32Array;
  begin(region: Region): void;
  /** Goes on from `at`. There may be too much to tell at once: it is done when `at` has reached `to`. */
  scan(at: number): KernelRun;
  /** Start of the line that `p` is in, at `floor` at the earliest. */
  startOfLine(p: number, floor: number): number;
  /** The next newline from `p` on; `ceiling` where there is none before. */
  endOfLine(p: number, ceiling: number): number;
}

export interface KernelRun {
  readonly at: number;
  /** How many rows and hits of the arrays are of this run. */
  readonly rows: number;
  readonly hits: number;
  /** Newlines from `from` to `at`. */
  readonly newlines: number;
}
