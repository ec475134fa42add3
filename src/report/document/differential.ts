import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { openQuestions, reasonOf } from '../select.ts';
import { type Block, heading, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** Every candidate, ruled in or out, with the strongest reason. */
export function differentialSection({ words, say }: Reader, { differential }: Diagnosis): Block[] {
  const rows = differential.map((c): readonly Runs[] => {
    const reason = reasonOf(c);
    return [[run(words.status[c.status])], [run(c.cause, 'code')], reason === null ? [] : [run(say(reason))]];
  });
  return [heading(words.candidates), { kind: 'table', head: [words.statusWord, words.causeWord, words.reason], rows }];
}

/** What was not looked at, and what would change that. */
export function missingSection({ words, say }: Reader, diagnosis: Diagnosis): Block[] {
  const items = openQuestions(diagnosis, say).map((text) => [run(text)]);
  return items.length === 0 ? [] : [heading(words.notExamined), { kind: 'list', items }];
}
