import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import { readBundle } from '../../src/evidence/bundle/bundle.ts';
import type { RecordedCase } from '../recorded-cases.ts';
import { thin } from './thin.ts';
import { wrongClaims } from './wrong-claims.ts';

/** A recording without a third of its sources, diagnosed. */
export interface Thinned {
  /** `cluster/hung-shim/during#7`: the recording and the seed. */
  readonly id: string;
  readonly of: RecordedCase;
  readonly found: Diagnosis;
  /** What it claims and must not; empty where all is well. */
  readonly wrong: readonly string[];
}

/** Diagnoses a recording once for each seed. @throws UserError where the recording cannot be read */
export async function runThinned(of: RecordedCase, seeds: readonly number[]): Promise<Thinned[]> {
  const caseFile = await readBundle(of.file);
  const full = diagnose(caseFile);
  return seeds.map((seed) => {
    const found = diagnose(thin(caseFile, seed));
    return { id: `${of.id}#${seed}`, of, found, wrong: wrongClaims(of.truth, found, full) };
  });
}
