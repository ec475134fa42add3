import { isFresh } from '../causes/support/assessment.ts';
import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import { say } from '../causes/support/say.ts';
import { doubted } from '../causes/weights.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import type { FactOf } from '../evidence/observation.ts';
import { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import type { Diagnosis } from './diagnosis.ts';
import { textNotes } from './text-notes.ts';

/** Trouble that texts tell of and that is not there at their end. */
export interface Past {
  /** When Ready came back, or just after the last sign of it where that is not told, Unix ms. */
  readonly until: number;
  readonly cameBack: boolean;
  /** As the texts were at that moment. */
  readonly caseFile: CaseFile;
}

type Signal = FactOf<'log-signal'>['signal'];

const LOSS: ReadonlySet<Signal> = new Set(['node-became-not-ready', 'pleg-unhealthy']);

/** Lines that healthy nodes write as well, or that tell of nothing wrong. */
const ORDINARY: ReadonlySet<Signal> = new Set([
  'node-became-ready',
  'kubelet-started',
  'pod-deleted',
  'image-pull-failed',
  'container-died',
  'container-back-off',
  'shim-disconnected',
]);

/** So few lines were picked out by somebody: each is there for a reason. */
const A_PASTE = 200;

/**
 * What was last wrong in texts, where it is not so at their end. Whoever hands in the log of a day asks for what was in
 * it. Told is the last loss of Ready that is over: Ready has been back for long, or nothing has been heard of it for ten
 * minutes; of a paste, any trouble. Null where there is none, and of what was seen on the node itself: there the present
 * is what was asked for.
 * @param present what is so at the end
 */
export function lastTrouble(view: CaseView, present: Diagnosis): Past | null {
  if (view.all('text-input').length === 0) return null;
  const last = lastSign(view, present);
  if (last === null) return null;
  const back = view.all('log-signal').filter((o) => o.fact.signal === 'node-became-ready' && o.at > last);
  const until = back.length === 0 ? last + 1 : Math.min(...back.map((o) => o.at));
  const over = present.verdict === null || (flapsEndedAt(view) !== null && isOlder(view, present, until));
  return over ? { until, cameBack: back.length > 0, caseFile: before(view.caseFile, until) } : null;
}

/** The last sign of a lost Ready, Unix ms; in a paste that tells of none, and of nothing present, that of any trouble. */
function lastSign(view: CaseView, { verdict }: Diagnosis): number | null {
  const newest = (all: readonly { readonly at: number }[]): number | null =>
    all.length === 0 ? null : Math.max(...all.map((o) => o.at));
  const lost = view.all('log-signal').filter(({ fact }) => LOSS.has(fact.signal));
  const stated = view.all('node-ready').filter((o) => o.fact.status !== 'True');
  const loss = newest([...lost, ...stated]);
  if (loss !== null || verdict !== null || !isPaste(view)) return loss;
  const logged = view.all('log-signal').filter(({ fact }) => !ORDINARY.has(fact.signal));
  // Of what is younger the present was told already: that all is well again.
  return newest([...logged, ...view.all('kernel-signal')].filter((o) => !isFresh(view, o)));
}

function isPaste(view: CaseView): boolean {
  return view.all('text-input').reduce((sum, o) => sum + o.fact.lines, 0) <= A_PASTE;
}

/** Whether all that speaks for the verdict was said before. */
function isOlder(view: CaseView, { differential, verdict }: Diagnosis, until: number): boolean {
  const evidence = differential.find((c) => c.cause === verdict?.cause)?.evidence ?? [];
  return evidence.every((e) => (view.observation(e.observation)?.at ?? 0) < until);
}

/** What was not seen then was not seen at all: gaps stay, and so does what is known of the texts. */
function before(caseFile: CaseFile, until: number): CaseFile {
  const now = until - 1;
  const observations = caseFile.observations
    .filter((o) => o.at < until || o.fact.type === 'gap' || o.fact.type === 'text-input')
    .map((o) => ({ ...o, at: Math.min(o.at, now) }));
  return { ...caseFile, examined: { from: Math.min(caseFile.examined.from, now), to: now }, observations };
}

/** What was so then, told as past: nothing is foretold, and no more than likely is what nobody can look at any more. */
export function toldAsPast(then: Diagnosis, present: Diagnosis, past: Past): Diagnosis {
  const { verdict } = then;
  if (verdict === null) return present;
  const { until, caseFile } = past;
  const { summary, status } = verdict;
  const when = whenOver(past, present.examined.to);
  return {
    ...then,
    examined: present.examined,
    verdict: {
      ...verdict,
      status: status === 'confirmed' && verdict.cause !== 'undetermined' ? 'likely' : status,
      confidence: doubted(verdict.confidence, ['past']),
      endedAt: until,
      summary: say(`${when.en} ${summary.en}`, `${when.zh}${summary.zh}`),
    },
    flaps: then.flaps && { ...then.flaps, nextNotReady: null, readyAgainAt: null },
    notes: [
      say(
        `What is said of it is as it was at ${moment(until)}: ages count back from then.`,
        `以下内容均以 ${moment(until)} 的情况为准，时间从那时往回算。`,
      ),
      ...without(then.notes, textNotes(new CaseView(caseFile))),
      ...(present.verdict === null
        ? present.notes
        : textNotes(new CaseView({ ...caseFile, examined: present.examined }))),
    ],
  };
}

function whenOver({ until, cameBack }: Past, end: number): Text {
  const ago = formatDuration(Math.max(0, end - until));
  return cameBack
    ? say(
        `This is past: over since ${moment(until)}, ${ago} before the texts end.`,
        `这是过去的故障：已于 ${moment(until)} 结束，距文本末尾 ${ago}。`,
      )
    : say(
        `This is past as far as the texts tell: last seen at ${moment(until)}, ${ago} before they end.`,
        `从文本看这是过去的故障：最后一次出现在 ${moment(until)}，距文本末尾 ${ago}。`,
      );
}

/** `2026-07-15 10:45:45 UTC` */
function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function without(notes: readonly Text[], others: readonly Text[]): readonly Text[] {
  return notes.filter((n) => !others.some((o) => o.en === n.en));
}
