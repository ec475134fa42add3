import type { Candidate, ChainLink, Diagnosis } from '../diagnose/diagnosis.ts';
import type { Text } from '../text/text.ts';

// What every form of the report says, whatever it looks like.

/** The strongest reason for a candidate's status. */
export function reasonOf({ status, evidence, against, missing, summary }: Candidate): Text | null {
  const first = status === 'ruled-out' ? against[0] : status === 'not-examined' ? missing[0] : evidence[0];
  return first?.text ?? summary ?? missing[0]?.text ?? null;
}

/** Whether a state of the chain was itself seen, or only follows from the one before it. */
export function wasSeen({ status }: ChainLink): boolean {
  return status !== 'expected' && status !== 'not-examined';
}

/** The strongest thing that shows a state; else how the state before it brings it about. */
export function becauseOf(link: ChainLink): Text | null {
  return (wasSeen(link) ? link.because[0]?.text : undefined) ?? link.mechanism;
}

/** What was not looked at, and what would change that; without what the notes say anyway. */
export function openQuestions({ differential, notes }: Diagnosis, say: (text: Text) => string): readonly string[] {
  const noted = new Set(notes.map(say));
  const open = differential.filter((c) => c.status !== 'ruled-out');
  return [...new Set(open.flatMap((c) => c.missing.map((m) => say(m.text))))].filter((text) => !noted.has(text));
}

/** What is wrong that no cause explains. */
export function unexplained({ chain, symptoms }: Diagnosis): Diagnosis['symptoms'] {
  const inChain = new Set(chain.map((link) => link.state));
  return symptoms.filter((s) => s.explainedBy === null && !inChain.has(s.state));
}

/** `skipped` is not a failure: there was nothing of the kind to read. */
export function unreadSources({ examined }: Diagnosis): Diagnosis['examined']['sources'] {
  return examined.sources.filter((s) => s.status !== 'ok' && s.status !== 'skipped');
}
