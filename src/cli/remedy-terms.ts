import { readFile } from 'node:fs/promises';
import { errorCode } from '../host/error-code.ts';
import type { ActKind } from '../remedy/act.ts';
import { ACT_KINDS } from '../remedy/act-kinds.ts';
import { DEFAULT_LIMITS, type GuardLimits } from '../remedy/guards/guard.ts';
import { DEFAULT_CONTEXT, type PlanContext } from '../remedy/plan/plan.ts';
import { DEFAULT_PROOF, type Policy, type ProofTerms, parsePolicy } from '../remedy/policy/policy.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { withPatience } from './patience.ts';
import type { RemediateOptions } from './remediate-options.ts';

/** What a run goes by: the policy's where there is one, else what the person said. */
export interface Terms {
  readonly context: PlanContext;
  readonly limits: GuardLimits;
  readonly proof: ProofTerms;
}

/** What takes a change back is allowed with it: a policy that allows a cordon must not leave it there. */
const TAKEN_BACK_BY: Partial<Readonly<Record<ActKind, ActKind>>> = {
  cordon: 'uncordon',
  'remove-taint': 'add-taint',
};

/** @throws UserError for a policy that is wrong or lacking */
export async function termsOf(options: RemediateOptions): Promise<Terms> {
  const policy = await policyOf(options);
  if (policy === null) return { context: contextOf(options), limits: DEFAULT_LIMITS, proof: DEFAULT_PROOF };
  const allowed = new Set(policy.allow.flatMap((kind) => [kind, TAKEN_BACK_BY[kind] ?? kind]));
  const { consent, drainDeadlineMs, takeCapacity, limits, proof } = policy;
  const forbidden = ACT_KINDS.filter((kind) => !allowed.has(kind));
  const own = contextOf(options);
  return {
    context: { ...own, forbidden: [...own.forbidden, ...forbidden], consent, drainDeadlineMs, takeCapacity },
    limits,
    proof,
  };
}

async function policyOf({ yes, policy }: RemediateOptions): Promise<Policy | null> {
  if (policy === undefined) {
    if (yes !== true) return null;
    throw new UserError(
      { en: '--yes needs a policy that says what may be done', zh: '--yes 需要策略文件，说明允许执行哪些操作' },
      { en: '--yes --policy FILE; without one: --apply', zh: '--yes --policy FILE；没有策略请用 --apply' },
    );
  }
  return parsePolicy(await textOf(policy), policy);
}

async function textOf(path: string): Promise<string> {
  try {
    return await withPatience(path, readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const shown = `${harmlessLine(path, 200)}: ${errorCode(error)}`;
    throw new UserError({ en: `the policy cannot be read: ${shown}`, zh: `无法读取策略文件：${shown}` });
  }
}

function contextOf(options: RemediateOptions): PlanContext {
  return {
    ...DEFAULT_CONTEXT,
    forbidden: options.forbid ?? [],
    skipped: options.skip ?? [],
    consent: { emptyDir: options.emptyDir ?? false, unmanaged: options.unmanaged ?? false },
    drainDeadlineMs: options.drainTimeout ?? DEFAULT_CONTEXT.drainDeadlineMs,
    takeCapacity: options.takeCapacity ?? false,
  };
}
