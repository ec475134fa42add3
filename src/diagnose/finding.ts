import type { Evidence } from '../causes/cause.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Finding } from './diagnosis.ts';

/** Adds to each sentence what was read and the command by which to see the same. Equal sentences are said once. */
export function toFindings(view: CaseView, evidence: readonly Evidence[]): readonly Finding[] {
  const once = new Map(evidence.map((e) => [`${e.observation} ${e.text.en}`, e]));
  return [...once.values()].map((e) => {
    const observation = view.observation(e.observation);
    const source = observation === null ? null : view.source(observation);
    return { text: e.text, observation: e.observation, source: source?.what ?? '', command: source?.command ?? null };
  });
}
