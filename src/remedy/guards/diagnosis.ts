import { say } from '../../causes/support/say.ts';
import { formatDuration } from '../../text/units.ts';
import type { Guard } from './guard.ts';

/** A step is taken only on evidence of now. */
export const stale: Guard = ({ now, step, diagnosis, limits }) => {
  const age = now - diagnosis.examined.to;
  if (step.phase === 'return' || age <= limits.freshnessMs) return null;
  return {
    guard: 'stale-diagnosis',
    why: say(
      `The diagnosis is ${formatDuration(age)} old; it counts for ${formatDuration(limits.freshnessMs)}.`,
      `诊断已过去 ${formatDuration(age)}，有效期只有 ${formatDuration(limits.freshnessMs)}。`,
    ),
    lift: say('A new examination: run it again.', '重新检查：再次运行即可。'),
  };
};

/** The plan was made for a fault; where that is gone or another is found, it is no plan any more. */
export const noLongerHolds: Guard = ({ step, diagnosis, plannedFor }) => {
  const now = diagnosis.verdict?.cause ?? null;
  if (step.phase === 'return' || now === plannedFor) return null;
  return {
    guard: 'diagnosis-changed',
    why: say(
      `The plan was made for ${plannedFor ?? 'a healthy node'}; the newest diagnosis says ${now ?? 'that nothing is wrong'}.`,
      `计划针对的是 ${plannedFor ?? '健康节点'}；最新诊断为 ${now ?? '无异常'}。`,
    ),
    lift: say('A plan made from the newest diagnosis: run it again.', '根据最新诊断重新制定计划：再次运行即可。'),
  };
};
