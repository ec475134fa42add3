import type { ProbeRecorder } from '../evidence/recorder.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { ClusterAccess } from './cluster/access.ts';
import type { Endpoint } from './endpoints.ts';
import type { SharedReads } from './shared-reads.ts';

/** What all probes of one examination share. */
export interface ProbeContext extends SharedReads {
  readonly record: ProbeRecorder;
  /** Aborted when the budget is over; pending calls must give up then. */
  readonly signal: AbortSignal;
  /** Length of the window between two samples, ms. */
  readonly windowMs: number;
  /** Runtime endpoints, found once for all. */
  endpoints(): Promise<readonly Endpoint[]>;
  readonly options: ProbeOptions;
}

export interface ProbeOptions {
  /** Endpoints given by flag. */
  readonly runtimeEndpoints: readonly string[];
  /** Deadline of one runtime call, ms. */
  readonly callTimeoutMs: number;
  /** Ask daemons that leave calls unanswered or are named by flag for stack dumps (SIGUSR1); off unless the user asks. */
  readonly stackDumps: boolean;
  /** The cluster that the user named; where absent, that of the kubelet which runs here. */
  readonly cluster?: ClusterAccess;
  /** The node that the user named, where it is this host. */
  readonly nodeName?: string;
}

/** One source of evidence; one file each. It writes what it saw and, as `gap` facts, what it could not see. */
export interface Probe {
  /** The name of its file. */
  readonly name: string;
  /** What it looks at: these become gaps if it fails or does not end in time. */
  readonly topics: readonly Topic[];
  run(context: ProbeContext): Promise<void>;
}
