import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { type Block, heading, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** What it did to the node so far, and what comes next. */
export function impactSection({ words }: Reader, { flaps, examined, verdict, timeline }: Diagnosis): Block[] {
  if (verdict === null && flaps === null) return [];
  const items: Runs[] = [[run(words.examinedAt(utc(examined.to)))]];
  const lost = timeline.episodes.filter((e) => e.kind === 'not-ready' || e.kind === 'ready-unknown');
  if (lost.length > 0) items.push([run(words.lostFor(lost.length, formatDuration(totalOf(lost))))]);
  if (flaps !== null) {
    items.push([run(words.flapTransitions(flaps.transitions))]);
    if (flaps.periodSeconds !== null) items.push([run(words.flapPeriod(formatDuration(flaps.periodSeconds * 1000)))]);
    if (flaps.inferredRelistSeconds !== null) {
      const relist = formatDuration(flaps.inferredRelistSeconds * 1000);
      items.push([run(words.flapRelist(relist, flaps.inferredHungCalls))]);
    }
    if (flaps.readyAgainAt !== null) items.push([run(words.readyAgain(utc(flaps.readyAgainAt)))]);
    if (flaps.nextNotReady !== null) {
      items.push([run(words.nextNotReady(utc(flaps.nextNotReady.at), flaps.nextNotReady.withinSeconds))]);
    }
  }
  return [heading(words.impact), { kind: 'list', items }];
}

function totalOf(spans: Diagnosis['timeline']['episodes']): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** In full: a forwarded report is read on another day. */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
