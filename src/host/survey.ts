import type { Host } from './host.ts';

/** One line of the process table. */
export interface SurveyedProcess {
  readonly pid: number;
  readonly ppid: number;
  readonly comm: string;
  readonly state: string;
  readonly startTicks: number;
  readonly threads: number;
  /** Resolved /proc/PID/exe for runtimes, shims and the kubelet; null elsewhere or where not readable. */
  readonly exe: string | null;
  /** Arguments of the same; null elsewhere or where not readable. */
  readonly args: readonly string[] | null;
}

/** The process table once, quickly, and shared by every probe that needs to know who runs. */
export interface Survey {
  readonly at: number;
  readonly processes: ReadonlyMap<number, SurveyedProcess>;
}

export declare function survey(host: Host): Promise<Survey>;
