import type { Episode, EpisodeKind } from '../../timeline/episode.ts';
import type { Mood } from '../document/block.ts';

/** How bad an episode is by itself. */
const MOODS: Readonly<Record<EpisodeKind, Mood>> = {
  ready: 'good',
  'not-ready': 'bad',
  'ready-unknown': 'warn',
  'pleg-stall': 'bad',
  'calls-hung': 'bad',
  'calls-failed': 'warn',
  'runtime-down': 'bad',
  'container-died': 'quiet',
  'crash-loop': 'warn',
  'kill-failed': 'bad',
  'pod-deleted': 'quiet',
  'pod-force-deleted': 'warn',
  cordoned: 'quiet',
  drain: 'warn',
  eviction: 'warn',
  'kubelet-started': 'quiet',
  'runtime-started': 'quiet',
  'daemon-failed': 'bad',
  'shim-lost': 'bad',
  'network-not-ready': 'bad',
  pressure: 'bad',
  'hung-task': 'bad',
  'oom-kill': 'bad',
  'storage-trouble': 'bad',
  'cpu-stuck': 'bad',
  'kernel-trouble': 'warn',
  'api-unreachable': 'bad',
};

export function moodOf({ kind }: Pick<Episode, 'kind'>): Mood {
  return MOODS[kind];
}
