import type { CaseFile } from '../../src/evidence/case-file.ts';
import { pick, randomFrom } from '../../src/simulate/random.ts';
import { loseSources } from './lose-sources.ts';

const WHYS = ['failed', 'budget', 'no-permission', 'stuck'] as const;

/** A third of the sources gone, those that the seed says and what depends on them; why, too, the seed says. */
export function thin(caseFile: CaseFile, seed: number): CaseFile {
  const random = randomFrom(seed);
  const left = caseFile.sources.map((s) => s.id);
  const lost = new Set<string>();
  for (let n = Math.round(left.length / 3); n > 0; n -= 1) {
    for (const id of left.splice(pick(random, left.length), 1)) lost.add(id);
  }
  return loseSources(caseFile, lost, WHYS[pick(random, WHYS.length)] ?? 'failed');
}
