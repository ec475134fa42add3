import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import { readBundle } from '../../src/evidence/bundle/bundle.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import type { RecordedCase } from '../recorded-cases.ts';
import { thin } from './thin.ts';
import { trueCauses, wrongClaims } from './wrong-claims.ts';

/** A recording without a third of its sources, diagnosed. */
export interface Thinned {
  /** `cluster/hung-shim/during#7`: the recording and the seed. */
  readonly id: string;
  readonly caseFile: CaseFile;
  readonly found: Diagnosis;
  /** What the verdict may name; empty on a healthy node. */
  readonly trueCauses: readonly string[];
  /** What it claims and must not; empty where all is well. */
  readonly wrong: readonly string[];
}

/** Diagnoses a recording once for each seed. @throws UserError where the recording cannot be read */
export async function runThinned(of: RecordedCase, seeds: readonly number[]): Promise<Thinned[]> {
  const whole = await readBundle(of.file);
  const allowed = trueCauses(of.truth, diagnose(whole));
  return seeds.map((seed) => {
    const caseFile = thin(whole, seed);
    const found = diagnose(caseFile);
    return { id: `${of.id}#${seed}`, caseFile, found, trueCauses: allowed, wrong: wrongClaims(allowed, found) };
  });
}
