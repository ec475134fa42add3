import type { EntityId } from '../evidence/entity.ts';
import type { Text } from '../text/text.ts';

/** What an episode is of. Readers of the JSON rely on these words: none is renamed. */
export const EPISODE_KINDS = [
  'ready',
  'not-ready',
  'ready-unknown',
  'pleg-stall',
  'calls-hung',
  'calls-failed',
  'runtime-down',
  'container-died',
  'crash-loop',
  'kill-failed',
  'pod-deleted',
  'pod-force-deleted',
  'cordoned',
  'drain',
  'eviction',
  'kubelet-started',
  'runtime-started',
  'daemon-failed',
  'shim-lost',
  'network-not-ready',
  'pressure',
  'hung-task',
  'oom-kill',
  'storage-trouble',
  'cpu-stuck',
  'kernel-trouble',
  'api-unreachable',
] as const;
export type EpisodeKind = (typeof EPISODE_KINDS)[number];

/** Something that held for a while, or happened at a moment (`from` = `to`): many lines, one episode. */
export interface Episode {
  readonly kind: EpisodeKind;
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
  /** `before`: it had begun before the time that the evidence tells of. */
  readonly begun: 'seen' | 'before';
  /** `unknown`: nothing tells when it ended; `to` is then the last that was heard of it. Only `going-on` is present. */
  readonly ended: 'seen' | 'going-on' | 'unknown';
  /** Whom it concerns, as a person calls it; null where that is the node. Text of the host: untrusted. */
  readonly subject: string | null;
  readonly about: EntityId | null;
  /** Lines or calls that tell of it. */
  readonly count: number;
  /** The last observation that tells of it. */
  readonly observation: string;
  /** Of a loss of Ready: whose word it is. Absent where that is not known. */
  readonly side?: 'node' | 'control-plane';
}

export const CORRELATION_KINDS = ['begins-after', 'same-container', 'lost-by-relist', 'lost-by-control-plane'] as const;

/** What episodes have to do with each other. */
export interface Correlation {
  readonly kind: (typeof CORRELATION_KINDS)[number];
  readonly text: Text;
}

/** The time that a case file tells of, as episodes in order of their begin. */
export interface Timeline {
  /** Unix ms. No episode lies outside. */
  readonly from: number;
  readonly to: number;
  readonly episodes: readonly Episode[];
  /** Older episodes of kinds of which there are too many. */
  readonly omitted: number;
  readonly correlations: readonly Correlation[];
}
