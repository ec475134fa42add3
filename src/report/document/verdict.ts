import type { Diagnosis, Subject } from '../../diagnose/diagnosis.ts';
import { type Block, harmlessText, heading, type Mood, paragraph, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** What is wrong, how sure that is, what made it show, and whom it is about. */
export function verdictSection({ words, say }: Reader, diagnosis: Diagnosis): Block[] {
  const { verdict, node, examined } = diagnosis;
  if (verdict === null) {
    const whole = examined.unseen.length === 0;
    const title = whole ? words.healthy(node) : words.healthyAsFarAsSeen(node);
    return [banner(whole ? 'good' : 'warn', title, null)];
  }
  const sure = words.sure(words.status[verdict.status], Math.round(verdict.confidence * 100));
  const { trigger } = verdict;
  return [
    banner(verdict.status === 'confirmed' ? 'bad' : 'warn', say(verdict.title), say(verdict.summary)),
    paragraph(run(verdict.cause, 'code'), run(` · ${sure}`)),
    ...(trigger === undefined
      ? []
      : [paragraph(run(`${words.trigger}${words.colon}`, 'strong'), run(say(trigger.text)))]),
    ...subjectTable(words, verdict.subjects),
  ];
}

function banner(mood: Mood, title: string, summary: string | null): Block {
  return {
    kind: 'verdict',
    mood,
    title: harmlessText(title),
    summary: summary === null ? null : harmlessText(summary),
  };
}

function subjectTable(words: Reader['words'], subjects: readonly Subject[]): Block[] {
  if (subjects.length === 0) return [];
  const rows = subjects.map((s): readonly Runs[] => [[run(s.kind)], [run(s.name, 'strong')], attributes(s)]);
  return [heading(words.atFault), { kind: 'table', head: [words.kind, words.name, words.identifiers], rows }];
}

function attributes({ attrs }: Subject): Runs {
  return Object.entries(attrs).flatMap(([name, value], i) => [
    ...(i === 0 ? [] : [run(' ')]),
    run(`${name}=${String(value)}`, 'code'),
  ]);
}
