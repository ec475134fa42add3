import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import { buildCase } from '../../src/logs/case.ts';
import { inferClock } from '../../src/logs/clock.ts';
import { readText } from '../../src/logs/text-reader.ts';
import { NOW } from './case.ts';

/** The case file of pasted texts. */
export function textCase(...texts: readonly string[]): CaseFile {
  const clock = inferClock(texts, NOW);
  const read = texts.map((text, i) => ({
    file: `paste-${i}`,
    lines: text.split('\n').length,
    read: readText(text, `paste-${i}`, clock),
    problem: null,
  }));
  return buildCase({ texts: read, clock, askedAt: NOW, toolVersion: '0' });
}

export function diagnoseTexts(...texts: readonly string[]): Diagnosis {
  return diagnose(textCase(...texts));
}
