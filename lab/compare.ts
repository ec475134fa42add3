import type { DiagnosisJson } from '../src/report/schema.ts';
import type { ExpectedSubject, Staged, Truth } from './scenario.ts';

type JsonSubject = NonNullable<DiagnosisJson['verdict']>['subjects'][number];

/** In what a diagnosis differs from the truth; empty when it is right. In English: for tests and for the lab's user. */
export function differences(
  truth: Truth,
  staged: Pick<Staged, 'subjects'>,
  diagnosed: { exitCode: number | null; json: DiagnosisJson },
): string[] {
  const { verdict } = diagnosed.json;
  const found: string[] = [];
  if (diagnosed.exitCode !== truth.exitCode) found.push(`exit code ${diagnosed.exitCode}, not ${truth.exitCode}`);
  const cause = verdict?.cause ?? null;
  if (cause !== truth.cause) found.push(`verdict ${cause ?? 'none'}, not ${truth.cause ?? 'none'}${said(verdict)}`);
  if (cause === null || cause !== truth.cause) return found;
  const subjects = verdict?.subjects ?? [];
  for (const kind of truth.subjects) {
    if (!subjects.some((s) => s.kind === kind)) found.push(`no ${kind} among the subjects`);
  }
  for (const expected of staged.subjects.filter((s) => truth.subjects.includes(s.kind))) {
    if (!subjects.some((s) => isMeant(s, expected))) {
      found.push(`no ${expected.kind} with ${expected.anyOf.join(' or ')} among the subjects`);
    }
  }
  return found;
}

function isMeant(subject: JsonSubject, expected: ExpectedSubject): boolean {
  if (subject.kind !== expected.kind) return false;
  return Object.values(subject).some((value) => expected.anyOf.some((wanted) => wanted === value));
}

function said(verdict: DiagnosisJson['verdict']): string {
  return verdict === null ? '' : ` (${verdict.summary})`;
}
