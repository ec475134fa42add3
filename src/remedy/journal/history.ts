import type { Act } from '../act.ts';
import type { EarlierAct } from '../guards/guard.ts';
import { sameAct } from '../plan/plan.ts';
import type { Entry, EntryOf } from './entry.ts';

interface Done {
  readonly begin: EntryOf<'begin'>;
  /** Null where the tool ended in the middle: it may have taken effect. */
  readonly end: EntryOf<'end'> | null;
}

/** Acts of a node in the order in which they were begun. */
function actsOf(entries: readonly Entry[], node: string): readonly Done[] {
  const done: { begin: EntryOf<'begin'>; end: EntryOf<'end'> | null }[] = [];
  for (const entry of entries) {
    if (entry.node !== node) continue;
    if (entry.type === 'begin') done.push({ begin: entry, end: null });
    if (entry.type !== 'end') continue;
    const open = done.findLast((d) => d.end === null && d.begin.run === entry.run && d.begin.step === entry.step);
    if (open !== undefined) open.end = entry;
  }
  return done;
}

/** Whether it took effect or may have: what timed out or was cut off counts. */
function tookEffect({ end }: Done): boolean {
  return end === null || end.status === 'done' || end.status === 'timed-out';
}

/** What was changed for a time and not put back yet: the acts that put it back, the last change first. */
export function owedActs(entries: readonly Entry[], node: string): readonly Act[] {
  const owed: Act[] = [];
  for (const done of actsOf(entries, node)) {
    if (done.end?.status === 'done') {
      const settled = owed.findLastIndex((act) => sameAct(act, done.begin.act));
      if (settled >= 0) owed.splice(settled, 1);
    }
    const { undo } = done.begin;
    if (undo !== null && tookEffect(done) && !owed.some((act) => sameAct(act, undo))) owed.push(undo);
  }
  return owed.toReversed();
}

/**
 * Acts of earlier runs for the cool-down. A run that was cut off is gone on with, so what it did does not count; a
 * reboot always does, for it is what cuts a run off.
 */
export function earlierActs(entries: readonly Entry[], node: string, run: string): readonly EarlierAct[] {
  const closed = new Set(entries.flatMap((e) => (e.type === 'close' ? [e.run] : [])));
  return actsOf(entries, node)
    .filter((d) => d.begin.run !== run && tookEffect(d))
    .filter((d) => closed.has(d.begin.run) || d.begin.act.kind === 'reboot')
    .map(({ begin }) => ({ kind: begin.act.kind, at: begin.at }));
}

/** The newest run of a node that neither ended nor was gone on with; null for none. */
export function cutOffRun(entries: readonly Entry[], node: string): EntryOf<'run'> | null {
  const runs = entries.filter((e) => e.type === 'run' && e.node === node) as EntryOf<'run'>[];
  const last = runs.at(-1) ?? null;
  return last === null || entries.some((e) => e.type === 'close' && e.run === last.run) ? null : last;
}
