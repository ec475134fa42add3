import { preventionOf } from '../../causes/prevention.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { type Block, heading, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** What keeps it from coming back. */
export function preventionSection({ words, say }: Reader, { verdict }: Diagnosis): Block[] {
  if (verdict === null) return [];
  const texts = preventionOf(verdict.cause === 'undetermined' ? null : verdict.cause);
  return [heading(words.prevents), { kind: 'list', items: texts.map((t): Runs => [run(say(t))]) }];
}
