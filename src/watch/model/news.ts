import type { HungContainer } from '../../pleg/hang-proof/tracked-container.ts';
import type { ReadyCondition } from '../../pleg/node/ready-condition.ts';
import type { PodRef } from '../../pleg/pod.ts';
import type { PodEventType } from '../../pleg/pod-event.ts';
import type { RelistRecord } from '../../pleg/relist-record.ts';

/** A container or sandbox, by the names people have for it. */
export interface ContainerRef {
  readonly id: string;
  /** As in the pod's spec; `POD` for a sandbox. */
  readonly name: string;
  readonly kind: 'sandbox' | 'container';
  readonly pod: PodRef;
}

/** Where news come from. `shims`: the host's process table. */
export const SOURCES = ['runtime', 'kubelet-metrics', 'api-server', 'shims'] as const;
export type SourceName = (typeof SOURCES)[number];

/** Our own generator and our own Ready, looked at once a period. */
export interface OwnLook {
  /** When the newest relist whose list was answered began, Unix ms. */
  readonly relistAt: number | null;
  /** In the kubelet's words; null while it is healthy. */
  readonly problem: string | null;
  readonly ready: ReadyCondition;
  readonly hung: readonly HungContainer[];
  readonly listed: { readonly pods: number; readonly containers: number };
  /** ms, of all lists so far; null before the first. */
  readonly listMs: { readonly median: number; readonly p99: number } | null;
}

/** What the kubelet's metrics say. */
export interface KubeletLook {
  /** `v1.20.2`; null where they do not say. */
  readonly version: string | null;
  /** When its newest relist began, Unix ms; null before the first, and with kubelets that do not tell (before 1.16). */
  readonly lastSeenAt: number | null;
  /** Relists that ended, and the ms they took, since it started. */
  readonly relists: { readonly count: number; readonly totalMs: number } | null;
}

/** Ready as the API server has it. Times are Unix ms. */
export interface ApiLook {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly since: number | null;
  readonly heartbeatAt: number | null;
}

/** The shim above a container, and the processes it looks after. */
export interface ShimLook {
  readonly pid: number;
  /** One letter, as in /proc/PID/stat: `S` sleeps, `T` is stopped, `D` waits in the kernel, `Z` has ended. */
  readonly state: string;
  readonly processes: number;
  /** Of those, in state `D`. */
  readonly inKernel: number;
}

/** One thing that a source saw. `at`: Unix ms. */
export type News = { readonly at: number } & (
  | { readonly type: 'relist'; readonly record: RelistRecord; readonly nameOf: (id: string) => ContainerRef | null }
  | { readonly type: 'event'; readonly event: PodEventType; readonly container: ContainerRef }
  | { readonly type: 'ours'; readonly look: OwnLook }
  | { readonly type: 'kubelet'; readonly look: KubeletLook }
  | { readonly type: 'api-server'; readonly look: ApiLook }
  /** By container id, those asked for; null: it has no shim. */
  | { readonly type: 'shims'; readonly shims: ReadonlyMap<string, ShimLook | null> }
  /** Null: it answers again. */
  | { readonly type: 'source'; readonly source: SourceName; readonly missing: string | null }
);
