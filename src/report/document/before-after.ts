import type { Comparison, Snapshot } from '../../diagnose/comparison.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { Lang } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import { withNamesOf } from '../../timeline/names.ts';
import { messagesIn } from '../messages/messages.ts';
import {
  type Block,
  harmlessText,
  heading,
  type Mood,
  paragraph,
  type ReportDocument,
  type Runs,
  run,
} from './block.ts';
import { chainSection } from './chain.ts';
import { doneSection } from './done.ts';
import { utc } from './impact.ts';
import type { Reader } from './post-mortem.ts';
import { preventionSection } from './prevention.ts';
import { remediesSection } from './remedies.ts';
import { timelineSection } from './timeline.ts';
import { verdictSection } from './verdict.ts';

const MOODS: Readonly<Record<Comparison['outcome'], Mood>> = {
  well: 'good',
  resolved: 'good',
  broke: 'bad',
  same: 'bad',
  other: 'bad',
};
/** Of containers that hang, so many are named. */
const MOST_NAMED = 8;

/** A node before and after: what changed, then what is known of either time. */
export function beforeAfter(comparison: Comparison, lang: Lang, tool: string): ReportDocument {
  const reader: Reader = { lang, words: messagesIn(lang), say: (text) => text[lang] };
  const { before, after, sameNode } = comparison;
  const { words } = reader;
  const blocks: Block[] = [
    outcomeBanner(reader, comparison),
    ...(sameNode ? [] : [paragraph(run(words.otherNode(before.diagnosis.node, after.diagnosis.node), 'strong'))]),
    ...changeTable(reader, comparison),
    ...symptomLists(reader, comparison),
    ...timelineSection(reader, longerTold(comparison)),
    ...(before.diagnosis.verdict === null ? [] : aTime(reader, words.before, before)),
    ...(after.diagnosis.verdict === null ? [] : aTime(reader, words.after, after)),
    ...remediesSection(reader, after.diagnosis),
    ...doneSection(reader, worse(comparison)),
    ...preventionSection(reader, worse(comparison)),
    { kind: 'paragraph', runs: [run(words.writtenBy(tool), 'dim')] },
  ];
  return { title: harmlessText(words.beforeAfterTitle(after.diagnosis.node)), blocks };
}

function outcomeBanner({ words, say }: Reader, { outcome, before, after }: Comparison): Block {
  const { verdict } = (outcome === 'resolved' ? before : after).diagnosis;
  return {
    kind: 'verdict',
    mood: MOODS[outcome],
    title: words.outcome[outcome],
    summary: verdict === null ? null : harmlessText(say(verdict.summary)),
  };
}

/** What is told of the earlier time is in the later bundle too, where its logs reach back. */
function longerTold({ before, after }: Comparison): Diagnosis {
  const [was, is] = [before.diagnosis.timeline, after.diagnosis.timeline];
  const longer = is.episodes.length >= was.episodes.length ? withNamesOf(is, was) : was;
  return { ...after.diagnosis, timeline: longer };
}

/** The time that has a cause to speak of; what was done is told by the later one. */
function worse({ before, after }: Comparison): Diagnosis {
  const verdict = after.diagnosis.verdict ?? before.diagnosis.verdict;
  return { ...after.diagnosis, verdict };
}

function aTime(reader: Reader, title: string, { diagnosis }: Snapshot): Block[] {
  return [
    heading(reader.words.at(title, utc(diagnosis.examined.to))),
    ...verdictSection(reader, diagnosis).map(lowered),
    ...chainSection(reader, diagnosis).map(lowered),
  ];
}

/** Sections of one time stand below its heading. */
function lowered(block: Block): Block {
  return block.kind === 'heading' ? { ...block, level: 3 } : block;
}

function changeTable(reader: Reader, { before, after }: Comparison): Block[] {
  const { words } = reader;
  const rows = ROWS.map(([name, tell]): readonly Runs[] => {
    const [was, is] = [tell(reader, before), tell(reader, after)];
    const same = was === is || name === 'examined';
    return [[run(words.compared[name], 'strong')], [run(was)], [run(is, same ? 'plain' : 'strong')]];
  });
  return [heading(words.whatChanged), { kind: 'table', head: ['', words.before, words.after], rows }];
}

type RowName = keyof Reader['words']['compared'];

const ROWS: readonly (readonly [RowName, (reader: Reader, s: Snapshot) => string])[] = [
  ['examined', (_, s) => utc(s.diagnosis.examined.to)],
  ['verdict', verdictWords],
  ['ready', ({ words }, s) => (s.ready === null ? words.notSeen : `${s.ready.status} (${s.ready.reason})`)],
  ['conditions', ({ words }, s) => s.conditions.map((c) => `${c.condition}=${c.status}`).join(', ') || words.none],
  ['hung', ({ words }, s) => namesOf(s.hung) || words.none],
  ['relistAge', ({ words }, s) => durationOr(s.relistAgeMs, words.notSeen)],
  ['relistMean', ({ words }, s) => durationOr(s.relistMeanMs, words.notSeen)],
  ['flaps', (_, s) => String(s.diagnosis.flaps?.transitions ?? 0)],
];

function verdictWords({ words, say }: Reader, { diagnosis }: Snapshot): string {
  const { verdict, node } = diagnosis;
  if (verdict === null)
    return diagnosis.examined.unseen.length === 0 ? words.healthy(node) : words.healthyAsFarAsSeen(node);
  return `${say(verdict.title)} (${verdict.cause})`;
}

function namesOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` (+${more})` : ''}`;
}

function durationOr(ms: number | null, otherwise: string): string {
  return ms === null ? otherwise : formatDuration(Math.max(ms, 0));
}

function symptomLists({ words, say }: Reader, { gone, appeared, stayed }: Comparison): Block[] {
  const lists = [
    [words.gone, gone],
    [words.appeared, appeared],
    [words.stayed, stayed],
  ] as const;
  return lists.flatMap(([title, symptoms]): Block[] => {
    if (symptoms.length === 0) return [];
    return [heading(title, 3), { kind: 'list', items: symptoms.map((s) => [run(say(s.summary ?? s.title))]) }];
  });
}
