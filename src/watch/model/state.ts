import type { Change } from './change.ts';
import type { Forecast } from './forecast.ts';
import type { ApiLook, ContainerRef, OwnLook, ShimLook, SourceName } from './news.ts';
import type { Subject } from './subject.ts';

/** One of our relists, for the chart. */
export interface RelistPoint {
  readonly at: number;
  readonly tookMs: number;
  readonly listMs: number;
  readonly inspected: number;
  readonly listFailed: boolean;
}

/** The slowest answered inspection of a container lately. */
export interface SlowContainer {
  readonly container: ContainerRef;
  readonly tookMs: number;
  readonly at: number;
}

/** What the kubelet's metrics say, and what two looks at them tell. */
export interface KubeletState {
  /** When they were read, Unix ms. */
  readonly at: number;
  readonly version: string | null;
  readonly lastSeenAt: number | null;
  /** Between the newest two stamps, ms; null before there are two. */
  readonly gapMs: number | null;
  readonly relists: { readonly count: number; readonly totalMs: number } | null;
  /** Of the relists that ended between the last two looks at which any had ended; null before. */
  readonly meanMs: number | null;
}

/** All that a watch knows. It is never changed, only followed by another. */
export interface WatchState {
  readonly subject: Subject;
  readonly ours: (OwnLook & { readonly at: number }) | null;
  readonly kubelet: KubeletState | null;
  readonly apiServer: (ApiLook & { readonly at: number }) | null;
  /** Newest last. */
  readonly relists: readonly RelistPoint[];
  readonly slow: ReadonlyMap<string, SlowContainer>;
  /** Of hung containers, by id. */
  readonly shims: ReadonlyMap<string, ShimLook | null>;
  /** What was last said. */
  readonly told: {
    readonly kubeletProblem: string | null;
    readonly forecast: Forecast | null;
  };
  /** Sources that do not answer, with why. */
  readonly missing: ReadonlyMap<SourceName, string>;
  /** Newest last. */
  readonly changes: readonly Change[];
}

/** Bounds of what is kept, so that weeks of watching take no more memory than minutes. */
export const KEPT = { relists: 600, changes: 500, slow: 50, slowMs: 10 * 60_000 } as const;

export function initialState(subject: Subject): WatchState {
  return {
    subject,
    ours: null,
    kubelet: null,
    apiServer: null,
    relists: [],
    slow: new Map(),
    shims: new Map(),
    told: { kubeletProblem: null, forecast: null },
    missing: new Map(),
    changes: [],
  };
}
