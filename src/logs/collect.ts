import type { FactOf } from '../evidence/observation.ts';
import type { LogLine } from './signature.ts';
import type { LogSignal } from './signatures/form.ts';
import { matchLogLine } from './signatures/match.ts';

/** A signal at the time its line bears. */
export interface SeenSignal {
  readonly at: number;
  readonly fact: FactOf<'log-signal'>;
}

/** Of each meaning so many are kept, the newest; a week of flapping every four minutes tells no more than a day of it. */
const KEEP_PER_SIGNAL = 60;
/** containerd writes of a lost shim after each ordinary end too; a kubelet cut off from its API server writes all the time. */
const KEEP_FEW: ReadonlySet<LogSignal> = new Set([
  'shim-disconnected',
  'api-server-unreachable',
  'api-server-unauthorized',
  'image-pull-failed',
  'container-died',
  'container-back-off',
  'pod-deleted',
]);
const FEW = 20;
/** Of each meaning about one container. */
const KEEP_PER_CONTAINER = 3;

/** Lines that tell one event twice stand this close together. */
const SAME_TRANSITION_MS = 5000;
const SAME_START_MS = 60_000;
/** syncLoop asks every 5 s at most while the PLEG is unhealthy, and a stamp is read off to the millisecond. */
const SAME_STAMP_MS = 2000;
/** A kubelet that starts has its first relist well before. */
const STARTING_MS = 30_000;

/**
 * The signals of a log, oldest first, without repetition: of the lines that one stalled relist gives (every 5 s for as
 * long as it takes) the first and the last, of a transition that is logged twice the first, of a container that fails
 * again and again the last three. A line without a time of its own (the rest of one before it) takes that line's;
 * where there was none either it cannot be placed and is left out.
 */
export function collectSignals(lines: readonly LogLine[], log: FactOf<'log-signal'>['log']): readonly SeenSignal[] {
  const found: Candidate[] = [];
  let time: number | null = null;
  for (const line of lines) {
    time = line.at ?? time;
    if (time === null) continue;
    for (const fact of matchLogLine(line)) found.push({ at: time, pid: line.pid, fact: { ...fact, log } });
  }
  return thinSignals(found);
}

/** A signal with the pid of the log's writer. */
export interface Candidate extends SeenSignal {
  readonly pid: number | null;
}

/** Leaves out repetition, see {@link collectSignals}. @param found in order of time */
export function thinSignals(found: readonly Candidate[]): readonly SeenSignal[] {
  const bySignal = Map.groupBy(found, ({ fact }) => fact.signal);
  return [...bySignal]
    .flatMap(([signal, found]) => thin(signal, found).slice(KEEP_FEW.has(signal) ? -FEW : -KEEP_PER_SIGNAL))
    .sort((a, b) => a.at - b.at)
    .map(({ at, fact }) => ({ at, fact }));
}

function thin(signal: LogSignal, found: readonly Candidate[]): readonly Candidate[] {
  switch (signal) {
    case 'pleg-unhealthy':
      return ends(found);
    case 'node-became-not-ready':
    case 'node-became-ready':
      return firstOfEach(found, (a, b) => b.at - a.at < SAME_TRANSITION_MS);
    case 'kubelet-started':
      return firstOfEach(found, (a, b) => b.at - a.at < SAME_START_MS && a.pid === b.pid);
    default:
      return lastOfContainers(found);
  }
}

/** Drops what tells the same as what was kept last. */
function firstOfEach(
  found: readonly Candidate[],
  same: (kept: Candidate, next: Candidate) => boolean,
): readonly Candidate[] {
  const kept: Candidate[] = [];
  for (const next of found) {
    const last = kept.at(-1);
    if (!last || !same(last, next)) kept.push(next);
  }
  return kept;
}

interface Episode {
  /** When the PLEG was last seen active; null where it never was since the kubelet started. */
  readonly stamp: number | null;
  readonly first: Candidate;
  last: Candidate;
}

/**
 * First and last line of each stalled relist: those whose stamp (time less age) is the same. Every kubelet says while
 * it starts that its PLEG was never active: that counts only where it goes on.
 */
function ends(found: readonly Candidate[]): readonly Candidate[] {
  const episodes: Episode[] = [];
  for (const next of found) {
    const stamp = next.fact.ageMs === null ? null : next.at - next.fact.ageMs;
    const current = episodes.at(-1);
    if (current && belongs(current, stamp, next.at)) current.last = next;
    else episodes.push({ stamp, first: next, last: next });
  }
  return episodes
    .filter(({ stamp, first, last }) => stamp !== null || last.at - first.at >= STARTING_MS)
    .flatMap(({ first, last }) => (first === last ? [first] : [first, last]));
}

function belongs(episode: Episode, stamp: number | null, at: number): boolean {
  if (stamp === null || episode.stamp === null) return stamp === episode.stamp && at - episode.last.at < STARTING_MS;
  return Math.abs(stamp - episode.stamp) < SAME_STAMP_MS;
}

function lastOfContainers(found: readonly Candidate[]): readonly Candidate[] {
  const counts = new Map<string | null, number>();
  const kept = found.toReversed().filter(({ fact }) => {
    const seen = counts.get(fact.containerId) ?? 0;
    counts.set(fact.containerId, seen + 1);
    // Lines that name no container are limited by the whole.
    return fact.containerId === null || seen < KEEP_PER_CONTAINER;
  });
  return kept.toReversed();
}
