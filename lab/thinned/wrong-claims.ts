import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { Truth } from '../scenario.ts';

/**
 * What a diagnosis of thinned evidence claims and must not; empty where it claims nothing wrong. It may know less than
 * with all the evidence, and say so.
 * @param full what all the evidence tells: a second fault that it finds, independent of the truth, is there
 */
export function wrongClaims(
  { cause, alsoConfirmed = [] }: Pick<Truth, 'cause' | 'alsoConfirmed'>,
  found: Diagnosis,
  full: Diagnosis,
): string[] {
  const { verdict } = found;
  if (verdict === null) return cause === null || saysWhatWasUnseen(found) ? [] : ['nothing wrong, and nothing unseen'];
  if (verdict.cause === 'undetermined')
    return cause === null && !wasLost(found) ? ['undetermined on a healthy node'] : [];
  const isTrue = verdict.cause === cause || [...alsoConfirmed, ...independent(full)].some((c) => c === verdict.cause);
  return verdict.status === 'confirmed' && !isTrue ? [`${verdict.cause} confirmed`] : [];
}

function independent({ differential, chain }: Diagnosis): string[] {
  const onTheWay: readonly string[] = chain.map((link) => link.state);
  return differential.filter((c) => c.status === 'confirmed' && !onTheWay.includes(c.cause)).map((c) => c.cause);
}

/** Ready was lost minutes ago: that it is over may be just what is no longer to be seen. */
function wasLost({ symptoms }: Diagnosis): boolean {
  return symptoms.some((s) => s.state === 'node-not-ready');
}

/** The report then says "nothing wrong in what could be examined", or names what was not looked at. */
function saysWhatWasUnseen({ examined, notes }: Diagnosis): boolean {
  return examined.unseen.length > 0 || notes.some((n) => /^(?:Not|Only partly) examined/.test(n.en));
}
