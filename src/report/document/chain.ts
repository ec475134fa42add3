import type { ChainLink, Diagnosis } from '../../diagnose/diagnosis.ts';
import { becauseOf, unexplained } from '../select.ts';
import { type Block, type ChainStep, harmlessText, heading, type Mood, paragraph, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

const MOODS: Readonly<Record<ChainLink['status'], Mood>> = {
  confirmed: 'bad',
  likely: 'warn',
  possible: 'warn',
  expected: 'quiet',
  'ruled-out': 'quiet',
  'not-examined': 'quiet',
};

/** From the root cause to the symptom; then what nothing explains. */
export function chainSection(reader: Reader, diagnosis: Diagnosis): Block[] {
  const { chain } = diagnosis;
  const picture: Block[] =
    chain.length === 0
      ? []
      : [heading(reader.words.why), { kind: 'chain', steps: chain.map((link) => step(reader, link)) }];
  return [...picture, ...leftOver(reader, diagnosis)];
}

function step({ words, say }: Reader, link: ChainLink): ChainStep {
  const { title, status } = link;
  const reason = becauseOf(link);
  return {
    title: harmlessText(say(title)),
    status: status === 'confirmed' ? null : words.status[status],
    because: reason === null ? null : harmlessText(say(reason)),
    mood: MOODS[status],
  };
}

function leftOver({ words, say }: Reader, diagnosis: Diagnosis): Block[] {
  const left = unexplained(diagnosis);
  if (left.length === 0) return [];
  return [
    heading(words.unexplained, 3),
    paragraph(run(words.unexplainedNote, 'dim')),
    { kind: 'list', items: left.map((s) => [run(say(s.summary ?? s.title))]) },
  ];
}
