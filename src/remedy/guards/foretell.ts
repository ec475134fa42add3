import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import type { Plan } from '../plan/plan.ts';
import type { GuardInput, Refusal } from './guard.ts';
import { refusals } from './index.ts';

/** What guards would refuse of a plan as things are now, each refusal once, with the steps it concerns. */
export function foretellRefusals(plan: Plan, input: Omit<GuardInput, 'step' | 'plannedFor'>): readonly Text[] {
  const found = new Map<string, { readonly refusal: Refusal; readonly steps: string[] }>();
  for (const step of plan.steps) {
    for (const refusal of refusals({ ...input, step, plannedFor: plan.cause })) {
      const known = found.get(refusal.guard);
      if (known === undefined) found.set(refusal.guard, { refusal, steps: [step.id] });
      else known.steps.push(step.id);
    }
  }
  return [...found.values()].map(({ refusal: { guard, why, lift }, steps }) =>
    say(
      `Would be refused now (${guard}): ${steps.join(', ')}. ${why.en} Lifted by: ${lift.en}`,
      `按现状会被拒绝（${guard}）：${steps.join('、')}。${why.zh}解除条件：${lift.zh}`,
    ),
  );
}
