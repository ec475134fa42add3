import type { Era } from '../era.ts';
import type { EventSource } from '../evented-pleg.ts';
import type { PodEvent } from '../pod-event.ts';
import type { RelistRecord } from '../relist-record.ts';
import type { ReadyChange, ReadyCondition } from './ready-condition.ts';

/** --runtime-request-timeout where not set. Source: pkg/kubelet/apis/config/v1beta1/defaults.go @ v1.20.2. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 120_000;

/** What a node is run with. */
export interface NodeOptions {
  readonly era: Era;
  /** --runtime-request-timeout: the deadline of each of the kubelet's calls to the runtime, ms. */
  readonly requestTimeoutMs: number;
  /** False while the API server cannot be reached: no status, no lease gets there. */
  readonly isApiReachable: () => boolean;
  /** The runtime's stream of events, where the EventedPLEG feature gate is on; without effect in eras that lack it. */
  readonly eventSource: EventSource | null;
  /** How long a pod worker takes to sync a pod, ms. */
  readonly podSyncMs: (podUid: string) => number;
}

/** What a node tells of as it happens. */
export interface NodeHooks {
  /** A relist ended. */
  readonly onRelist?: (record: RelistRecord) => void;
  /** The sync loop took an event. */
  readonly onEvent?: (event: PodEvent, at: number) => void;
  /** A pod worker synced its pod. */
  readonly onSync?: (podUid: string, at: number) => void;
  /** The sync loop skipped a round; the line is the kubelet's. */
  readonly onSkip?: (line: string, at: number) => void;
  /** The Ready condition that the API server holds changed its status. */
  readonly onReady?: (change: ReadyChange) => void;
}

/** A node that runs on a clock: kubelet, API server and node controller as far as Ready goes. */
export interface RunningNode {
  /** Starts all loops; time is passed by whoever owns the clock. */
  start(): void;
  stop(): void;
  /** As the API server holds it now; null before the node first posted it. */
  readonly ready: ReadyCondition | null;
  /** What is wrong with the PLEG now in the kubelet's words; null while it is healthy. */
  plegProblem(): string | null;
}
