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
  return [
    ...found,
    ...subjectDifferences(truth, staged, diagnosed.json),
    ...ofRemedies(truth, diagnosed.json),
    ...ofDifferential(truth, diagnosed.json),
  ];
}

/** The subjects that the verdict must name and does not. */
export function subjectDifferences(
  truth: Truth,
  staged: Pick<Staged, 'subjects'>,
  { verdict }: Pick<DiagnosisJson, 'verdict'>,
): string[] {
  const found: string[] = [];
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

function ofRemedies(truth: Truth, { remedies }: DiagnosisJson): string[] {
  const { work = [], useless = [] } = truth.remedies ?? {};
  const wanted = [
    ...work.map((action) => ({ action, works: true })),
    ...useless.map((action) => ({ action, works: false })),
  ];
  return wanted
    .filter(({ action, works }) => !remedies.some((r) => r.action === action && r.works === works))
    .map(({ action, works }) => `${action} is not said ${works ? 'to work' : 'to be useless'}`);
}

function ofDifferential(truth: Truth, { differential }: DiagnosisJson): string[] {
  const has = (cause: string, status: string): boolean =>
    differential.some((c) => c.cause === cause && c.status === status && c.evidence.length + c.against.length > 0);
  return [
    ...(truth.alsoConfirmed ?? []).filter((c) => !has(c, 'confirmed')).map((c) => `${c} is not confirmed by evidence`),
    ...(truth.ruledOut ?? []).filter((c) => !has(c, 'ruled-out')).map((c) => `${c} is not ruled out by evidence`),
  ];
}

function isMeant(subject: JsonSubject, expected: ExpectedSubject): boolean {
  if (subject.kind !== expected.kind) return false;
  return Object.values(subject).some((value) => expected.anyOf.some((wanted) => wanted === value));
}

function said(verdict: DiagnosisJson['verdict']): string {
  return verdict === null ? '' : ` (${verdict.summary})`;
}
