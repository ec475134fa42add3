import type { Phase, Prediction } from '../../remedy/step.ts';
import type { Text } from '../../text/text.ts';

/** Words of a plan's report. */
export const PLAN_WORDS = {
  nothing: { en: 'Nothing to do: nothing wrong was found.', zh: '无需操作：未发现问题。' },
  noSteps: {
    en: 'There is nothing that notready can do itself; what is left to people follows.',
    zh: '没有 notready 能代为执行的步骤；需要人工处理的见下。',
  },
  plan: { en: 'Plan', zh: '计划' },
  byHand: { en: 'Left to people', zh: '需人工处理' },
  futile: { en: 'Do not try', zh: '不要尝试' },
  notes: { en: 'Notes', zh: '说明' },
  does: { en: 'Does: ', zh: '作用：' },
  breaks: { en: 'Can break: ', zh: '可能影响：' },
  requires: { en: 'Only if: ', zh: '前提：' },
  deadline: { en: 'At most: ', zh: '最长：' },
  verify: { en: 'Seen to work by: ', zh: '如何确认：' },
  undo: { en: 'Taken back by: ', zh: '如何撤销：' },
  expect: { en: 'Expect: ', zh: '预期：' },
  evidence: { en: 'The evidence is saved before it.', zh: '执行前会先保存现场。' },
  step: { en: 'step', zh: '步骤' },
  leftBecause: { en: 'Left to you: ', zh: '留给人工的原因：' },
} as const satisfies Readonly<Record<string, Text>>;

export const OUTCOME_WORDS: Readonly<Record<Prediction['outcome'], Text>> = {
  works: { en: 'works', zh: '有效' },
  'may-work': { en: 'may work', zh: '可能有效' },
  cannot: { en: 'cannot work', zh: '无效' },
};

export const PHASE_WORDS: Readonly<Record<Phase, Text>> = {
  'free-gently': { en: 'Free the node, disturbing nobody', zh: '不影响业务地解除故障' },
  relieve: { en: 'If that was not enough: relieve the business', zh: '若仍未恢复：迁走业务' },
  free: { en: 'Then free the node, at a cost', zh: '然后有代价地解除故障' },
  return: { en: 'After proof: give the node back', zh: '证明恢复后：归还节点' },
};
