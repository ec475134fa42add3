import type { CaseView } from '../evidence/view.ts';
import { parseGoDuration } from '../text/go-duration.ts';

/** kubelet_pleg_last_seen_seconds is cut to whole seconds. */
const HALF_SECOND_MS = 500;

/** A word on when a relist began. */
export interface ToldStamp {
  /** Unix ms. */
  readonly begin: number;
  /** When it was told: the relist ran then. */
  readonly at: number;
  readonly by: 'metric' | 'log' | 'condition';
  readonly observation: string;
}

/** All that the kubelet's metric, its log and the node's condition tell of when a relist began. */
export function toldStamps(view: CaseView): readonly ToldStamp[] {
  const metric = view.all('kubelet-pleg').flatMap(({ id, at, fact }): ToldStamp[] => {
    const age = fact.lastSeenAgeMs;
    return age === null ? [] : [{ begin: at - age + HALF_SECOND_MS, at, by: 'metric', observation: id }];
  });
  const logged = view.all('log-signal').flatMap(({ id, at, fact }): ToldStamp[] => {
    return fact.ageMs === null ? [] : [{ begin: at - fact.ageMs, at, by: 'log', observation: id }];
  });
  return [...metric, ...logged, ...byCondition(view)];
}

function byCondition(view: CaseView): readonly ToldStamp[] {
  return view.all('node-ready').flatMap(({ id, fact: { since, heartbeatAt, status, message } }): ToldStamp[] => {
    if (since === null || status === 'True') return [];
    const words = /last seen active (\S{2,40}) ago/.exec(message)?.[1];
    const age = words === undefined ? null : parseGoDuration(words);
    // The message is of the update that the heartbeat tells of; a log line is of its own time.
    const at = heartbeatAt ?? since;
    return age === null ? [] : [{ begin: Math.round(at - age), at, by: 'condition', observation: id }];
  });
}
