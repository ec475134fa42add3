import { join } from 'node:path';
import { RECORDINGS } from '../../lab/recordings.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { readBundle } from '../../src/evidence/bundle/bundle.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import { makePlan } from '../../src/remedy/plan/make-plan.ts';
import { DEFAULT_CONTEXT, type Plan, type PlanContext } from '../../src/remedy/plan/plan.ts';

/** @param name `frozen-filesystem`, or `cluster/hung-shim/during` for one with a kubelet and an API server */
export function recordedCase(name: string): Promise<CaseFile> {
  return readBundle(join(RECORDINGS, `${name}.tar.gz`));
}

/** The plan made from a recording. */
export async function planOf(name: string, context: Partial<PlanContext> = {}): Promise<Plan> {
  return planFrom(await recordedCase(name), context);
}

export function planFrom(caseFile: CaseFile, context: Partial<PlanContext> = {}): Plan {
  return makePlan(diagnose(caseFile), caseFile, { ...DEFAULT_CONTEXT, ...context });
}

/** `thaw-filesystem · cordon · drain`: ids in order. */
export function order({ steps }: Plan): string {
  return steps.map((s) => s.id).join(' · ');
}

/** The same case with the node's Ready as the API server would tell it. */
export function withReady(caseFile: CaseFile, status: 'True' | 'False' | 'Unknown'): CaseFile {
  const observations = caseFile.observations.map((o) => {
    const fact = o.fact as { readonly type: string };
    return fact.type === 'node-ready' ? { ...o, fact: { ...o.fact, status } } : o;
  });
  return { ...caseFile, observations: observations as CaseFile['observations'] };
}
