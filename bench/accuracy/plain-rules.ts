import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import type { CaseInHand, CaseTruth } from './accuracy-case.ts';

const tells = z.array(z.string()).describe('Causes that somebody may take it for');
const ruleSchema = z.object({
  reason: z.string(),
  pattern: z.string(),
  /** So many lines at least; one where absent. */
  count: z.number().optional(),
  /** Each such line takes one off the count. */
  revertPattern: z.string().optional(),
  tells,
});
const checkSchema = z.object({
  reason: z.string(),
  asks: z.enum(['kubelet-healthz', 'docker-list', 'cri-list']),
  tells,
});
const rulesSchema = z.object({ rules: z.array(ruleSchema), checks: z.array(checkSchema) });

type Rule = z.infer<typeof ruleSchema>;
type Check = z.infer<typeof checkSchema>;

/** What another tool says of a case: the reasons it gives, and what they may be taken for. */
export interface PlainAnswer {
  readonly reasons: readonly string[];
  readonly tells: readonly string[];
}

export type PlainRules = (inHand: CaseInHand) => PlainAnswer;

const FILE = new URL('./node-problem-detector.json', import.meta.url);

/**
 * The rules that node-problem-detector ships, over the messages that our reader reads and the calls that our probes make.
 * Every rule is held against every message, whatever wrote it: more than that tool itself does.
 */
export function nodeProblemDetector(): PlainRules {
  const { rules, checks } = rulesSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  return ({ caseFile, messages }) => {
    const hits = [...rules.filter((r) => matches(r, messages)), ...checks.filter((c) => fails(c, caseFile))];
    return {
      reasons: [...new Set(hits.map((h) => h.reason))],
      tells: [...new Set(hits.flatMap((h) => h.tells))],
    };
  };
}

/** That tool anchors each pattern to the end of what it buffers (pkg/systemlogmonitor/log_buffer.go, CompilePattern). */
function matches({ pattern, count = 1, revertPattern }: Rule, messages: readonly string[]): boolean {
  const hits = (of: string): number => {
    const expression = new RegExp(`(?:${of})$`);
    return messages.filter((m) => expression.test(m)).length;
  };
  return hits(pattern) - (revertPattern === undefined ? 0 : hits(revertPattern)) >= count;
}

/** pkg/healthchecker/health_checker.go: GET /healthz, `docker ps`, `crictl pods`; a component that is not there is not asked. */
function fails({ asks }: Check, { observations }: CaseFile): boolean {
  return observations.some(({ fact, about }) => {
    if (asks === 'kubelet-healthz') return fact.type === 'kubelet-healthz' && fact.outcome !== 'ok';
    if (fact.type !== 'call' || fact.outcome === 'ok') return false;
    const lists = fact.call === 'list' || fact.call === 'list-sandboxes' || fact.call === 'connect';
    return lists && (about[0] ?? '').startsWith(asks === 'docker-list' ? 'engine:docker' : 'engine:cri');
  });
}

/** Right where something that it says may be taken for what was so; of a healthy node, where it says nothing. */
export function isPlainRight({ tells: told }: PlainAnswer, { cause, accept }: CaseTruth): boolean {
  if (cause === null) return told.length === 0;
  return [cause, ...accept].some((c) => told.includes(c));
}
