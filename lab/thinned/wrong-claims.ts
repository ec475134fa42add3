import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { Truth } from '../scenario.ts';

type CauseTruth = Pick<Truth, 'cause' | 'alsoConfirmed'>;

/**
 * What a diagnosis of thinned evidence claims and must not; empty where it claims nothing wrong. It may know less than
 * with all the evidence, and say so.
 * @param trueCauses of {@link trueCauses}; empty on a healthy node
 */
export function wrongClaims(trueCauses: readonly string[], found: Diagnosis): string[] {
  const { verdict } = found;
  const healthy = trueCauses.length === 0;
  if (verdict === null) return healthy || saysWhatWasUnseen(found) ? [] : ['nothing wrong, and nothing unseen'];
  if (verdict.cause === 'undetermined') return healthy && !wasLost(found) ? ['undetermined on a healthy node'] : [];
  return verdict.status === 'confirmed' && !trueCauses.includes(verdict.cause) ? [`${verdict.cause} confirmed`] : [];
}

/**
 * What a verdict may name: the truth, and a second fault that the whole evidence shows and that is no step on the way
 * from the first. Recordings are made on machines that may be busy.
 */
export function trueCauses({ cause, alsoConfirmed = [] }: CauseTruth, { differential, chain }: Diagnosis): string[] {
  if (cause === null) return [];
  const onTheWay: readonly string[] = chain.map((link) => link.state);
  const beside = differential.filter((c) => c.status === 'confirmed' && !onTheWay.includes(c.cause));
  return [cause, ...alsoConfirmed, ...beside.map((c) => c.cause)];
}

/** Ready was lost minutes ago: that it is over may be just what is no longer to be seen. */
function wasLost({ symptoms }: Diagnosis): boolean {
  return symptoms.some((s) => s.state === 'node-not-ready');
}

/** The report then says "nothing wrong in what could be examined", or names what was not looked at. */
function saysWhatWasUnseen({ examined, notes }: Diagnosis): boolean {
  return examined.unseen.length > 0 || notes.some((n) => /^(?:Not|Only partly) examined/.test(n.en));
}
