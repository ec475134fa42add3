import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { EpisodeKind } from '../../timeline/episode.ts';
import { titleOf } from '../../timeline/titles.ts';
import { type Block, heading, paragraph, type Runs, run } from './block.ts';
import { utc } from './impact.ts';
import type { Reader } from './post-mortem.ts';

/** What people and controllers do; a container that ends does so by itself. */
const DEEDS: ReadonlySet<EpisodeKind> = new Set([
  'cordoned',
  'drain',
  'eviction',
  'pod-deleted',
  'pod-force-deleted',
  'kubelet-started',
  'runtime-started',
]);
const MOST = 15;

/** What was done to the node, as far as the evidence tells of it: the newest, where that is much. */
export function doneSection({ words, say }: Reader, { timeline, verdict }: Diagnosis): Block[] {
  if (verdict === null) return [];
  const deeds = timeline.episodes.filter((e) => DEEDS.has(e.kind));
  if (deeds.length === 0) return [heading(words.done), paragraph(run(words.nothingDone))];
  const items = deeds.slice(-MOST).map((e): Runs => [run(`${utc(e.from)}${words.colon}`, 'dim'), run(say(titleOf(e)))]);
  return [heading(words.done), paragraph(run(words.doneNote, 'dim')), { kind: 'list', items }];
}
