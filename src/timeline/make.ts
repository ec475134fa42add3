import type { Observation } from '../evidence/observation.ts';
import type { Episode, EpisodeKind } from './episode.ts';

type Cited = Pick<Observation, 'id' | 'at'>;

/** Something that happened at the moment of an observation, as far as `changes` do not say otherwise. */
export function moment(kind: EpisodeKind, { id, at }: Cited, changes: Partial<Episode> = {}): Episode {
  return {
    kind,
    from: at,
    to: at,
    begun: 'seen',
    ended: 'seen',
    subject: null,
    about: null,
    count: 1,
    observation: id,
    ...changes,
  };
}
