import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import { say } from '../causes/support/say.ts';
import { doubted } from '../causes/weights.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import type { Diagnosis } from './diagnosis.ts';
import { textNotes } from './text-notes.ts';

/** A loss of Ready that texts tell of and that is over by their end. */
interface Past {
  /** When Ready came back, or its last sign where that is not told, Unix ms. */
  readonly until: number;
  /** As the texts were at that moment. */
  readonly caseFile: CaseFile;
}

/**
 * The last loss of Ready in texts, where it is over: by their last line Ready has been back for long, or nothing has been
 * heard of it for ten minutes. Whoever hands in the log of a day asks for what was in it. Null where there is none, and
 * of what was seen on the node itself: there the present is what was asked for.
 * @param present what is so at the end
 */
export function lastLoss(view: CaseView, present: Diagnosis): Past | null {
  if (view.all('text-input').length === 0) return null;
  const lost = view.all('log-signal').filter(({ fact }) => SIGNS.has(fact.signal));
  const stated = view.all('node-ready').filter((o) => o.fact.status !== 'True');
  const last = Math.max(...[...lost, ...stated].map((o) => o.at));
  if (!Number.isFinite(last)) return null;
  const back = view.all('log-signal').filter((o) => o.fact.signal === 'node-became-ready' && o.at > last);
  const until = back.length === 0 ? last + 1 : Math.min(...back.map((o) => o.at));
  const over = present.verdict === null || (flapsEndedAt(view) !== null && isOlder(view, present, until));
  return !over ? null : { until, caseFile: before(view.caseFile, until) };
}

/** Whether all that speaks for the verdict was said before. */
function isOlder(view: CaseView, { differential, verdict }: Diagnosis, until: number): boolean {
  const evidence = differential.find((c) => c.cause === verdict?.cause)?.evidence ?? [];
  return evidence.every((e) => (view.observation(e.observation)?.at ?? 0) < until);
}

const SIGNS: ReadonlySet<string> = new Set(['node-became-not-ready', 'pleg-unhealthy']);

/** What was not seen then was not seen at all: gaps stay, and so does what is known of the texts. */
function before(caseFile: CaseFile, until: number): CaseFile {
  const now = until - 1;
  const observations = caseFile.observations
    .filter((o) => o.at < until || o.fact.type === 'gap' || o.fact.type === 'text-input')
    .map((o) => ({ ...o, at: Math.min(o.at, now) }));
  return { ...caseFile, examined: { from: Math.min(caseFile.examined.from, now), to: now }, observations };
}

/** What was so then, told as past: nothing is foretold, and no more than likely is what nobody can look at any more. */
export function toldAsPast(then: Diagnosis, present: Diagnosis, { until, caseFile }: Past): Diagnosis {
  const { verdict } = then;
  if (verdict === null) return present;
  const at = new Date(until).toISOString().slice(0, 19).replace('T', ' ');
  const ago = formatDuration(Math.max(0, present.examined.to - until));
  const { summary } = verdict;
  return {
    ...then,
    examined: present.examined,
    verdict: {
      ...verdict,
      status: verdict.status === 'confirmed' && verdict.cause !== 'undetermined' ? 'likely' : verdict.status,
      confidence: doubted(verdict.confidence, ['past']),
      endedAt: until,
      summary: say(
        `This is past: over since ${at} UTC, ${ago} before the texts end. ${summary.en}`,
        `这是过去的故障：已于 ${at} UTC 结束，距文本末尾 ${ago}。${summary.zh}`,
      ),
    },
    flaps: then.flaps && { ...then.flaps, nextNotReady: null, readyAgainAt: null },
    notes: [
      say(
        `What is said of it is as it was at ${at} UTC: ages count back from then.`,
        `以下内容均以 ${at} UTC 的情况为准，时间从那时往回算。`,
      ),
      ...without(then.notes, textNotes(new CaseView(caseFile))),
      ...(present.verdict === null
        ? present.notes
        : textNotes(new CaseView({ ...caseFile, examined: present.examined }))),
    ],
  };
}

function without(notes: readonly Text[], others: readonly Text[]): readonly Text[] {
  return notes.filter((n) => !others.some((o) => o.en === n.en));
}
