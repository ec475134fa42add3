import type { PodEventType } from '../../pleg/pod-event.ts';
import type { RecordState } from '../../pleg/transitions.ts';
import type { Forecast } from './forecast.ts';
import type { ContainerRef, ShimLook, SourceName } from './news.ts';

/** Something that happened: a line of the output. `at`: Unix ms. */
export type Change = { readonly at: number } & (
  | { readonly type: 'event'; readonly event: PodEventType; readonly container: ContainerRef }
  | {
      readonly type: 'hung';
      readonly container: ContainerRef;
      /** Since when it was asked in vain. */
      readonly since: number;
      readonly from: RecordState;
      readonly to: RecordState;
    }
  /** A hung container answers, or is no longer there. */
  | { readonly type: 'answers'; readonly container: ContainerRef; readonly hungMs: number }
  /** Of a hung container: seen first, or in another state than before. Null: it has none. */
  | { readonly type: 'shim'; readonly container: ContainerRef; readonly shim: ShimLook | null }
  /** Null: healthy again. */
  | { readonly type: 'pleg'; readonly of: 'kubelet' | 'ours'; readonly problem: string | null }
  | {
      readonly type: 'ready';
      readonly of: 'api-server' | 'ours';
      readonly status: 'True' | 'False' | 'Unknown';
      readonly reason: string;
      readonly message: string;
    }
  /** Null: what was foretold will not be. */
  | { readonly type: 'forecast'; readonly forecast: Forecast | null }
  | { readonly type: 'source'; readonly source: SourceName; readonly missing: string | null }
);
