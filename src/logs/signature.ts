import type { Fact } from '../evidence/observation.ts';

/** Who writes lines that bear on Ready. */
export const LOG_WRITERS = [
  'kubelet',
  'dockerd',
  'containerd',
  'crio',
  'kernel',
  'systemd',
  'kube-controller-manager',
] as const;
export type LogWriter = (typeof LOG_WRITERS)[number];

/** Where a line stands, as a person and a program find it again. */
export interface Position {
  /** As it was given on the command line; `stdin` for standard input; `ARCHIVE:ENTRY` inside an archive. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Of the line's first byte in the unpacked file, from 0. */
  readonly offset: number;
}

/** A line as it stands in a file: without its line end, cut at the scanner's longest line, undecodable bytes replaced. */
export interface RawLine {
  readonly text: string;
  readonly position: Position;
}

/** What of a time had to be assumed: klog tells no year, and like syslog no zone; kernel lines may tell neither. */
export type TimeDoubt = 'none' | 'zone' | 'year-and-zone';

/** A line of a log, its header taken off. */
export interface LogLine {
  /** Unix ms; null where the line carries no time of its own. */
  readonly at: number | null;
  readonly doubt: TimeDoubt;
  /** Null where the line does not tell. */
  readonly component: LogWriter | null;
  /** pid of the writer; null where there is none. */
  readonly pid: number | null;
  /** The machine that it is of, by the name that it gave itself; absent where that is not told. */
  readonly host?: string;
  readonly level: 'debug' | 'info' | 'warning' | 'error' | 'fatal' | null;
  /** What was said: what journald, syslog, klog or the kernel put before it is off. JSON and logrus stay as they are. */
  readonly message: string;
  /** The line as it is shown: only what journald or syslog put before it is off. */
  readonly text: string;
  /** Null for a line that was not read from a file (a journal, a daemon that was asked). */
  readonly position: Position | null;
}

/** A message form: which lines can hold it, and what it says. */
export interface Signature<F extends Fact = Fact> {
  /** kebab-case, unique: `pleg-unhealthy`. */
  readonly id: string;
  /** Of these at least one stands in every line of this form: ASCII, case-sensitive, at least 4 characters. */
  readonly literals: readonly string[];
  /** Who writes it; where the line itself tells its writer, that one counts. */
  readonly component: LogWriter;
  /** Where the form was taken from: component, file, versions. */
  readonly sources: readonly string[];
  /** Whether a message is of this form, or a line that holds it; left out where only reading it tells. */
  readonly holds?: (message: string) => boolean;
  /** Reads a line that holds a literal. Null: not this form after all. */
  read(message: string, line: LogLine): F | null;
}
