import { say } from '../../causes/support/say.ts';
import { formatDuration } from '../../text/units.ts';
import type { Guard } from './guard.ts';

/** What was done a short while ago and did not last is not done over and over. */
export const coolDown: Guard = ({ now, node, step, earlier, limits }) => {
  if (step.phase === 'return' || step.phase === 'relieve') return null;
  const last = earlier
    .filter((e) => e.kind === step.act.kind && now - e.at < limits.coolDownMs)
    .reduce<number | null>((at, e) => Math.max(at ?? e.at, e.at), null);
  if (last === null) return null;
  const ago = formatDuration(now - last);
  const left = formatDuration(last + limits.coolDownMs - now);
  return {
    guard: 'cool-down',
    why: say(
      `${step.act.kind} was done on ${node} ${ago} ago already, and the fault is back: doing it again hides what brings it about.`,
      `${ago} 前已在 ${node} 上执行过 ${step.act.kind}，故障又出现了：重复执行只会掩盖根源。`,
    ),
    lift: say(
      `${left} more (coolDown ${formatDuration(limits.coolDownMs)}), or a shorter coolDown. Find out who does this to the node.`,
      `再过 ${left}（coolDown 为 ${formatDuration(limits.coolDownMs)}），或调小 coolDown。请查明是谁造成的。`,
    ),
  };
};
