import { Option } from 'commander';
import type { ActKind } from '../remedy/act.ts';
import { ACT_KINDS } from '../remedy/act-kinds.ts';
import type { LocalCommand } from './command.ts';
import { addWayOptions, type ExaminationOptions } from './examination-options.ts';
import { choiceOption, durationOption } from './option-values.ts';

export interface RemediateOptions extends Omit<ExaminationOptions, 'node'> {
  readonly plan?: boolean;
  readonly apply?: boolean;
  readonly yes?: boolean;
  readonly undo?: boolean;
  readonly policy?: string;
  readonly bundle?: string;
  readonly output?: 'terminal' | 'json';
  readonly skip?: readonly string[];
  readonly forbid?: readonly ActKind[];
  readonly emptyDir?: boolean;
  readonly unmanaged?: boolean;
  readonly takeCapacity?: boolean;
  readonly drainTimeout?: number;
  readonly journal?: string;
  readonly evidence?: string;
}

const TEXTS = {
  plan: { en: 'print the plan and do nothing (default)', zh: '只打印计划，不执行（默认）' },
  apply: { en: 'do it step by step, each after your consent', zh: '逐步执行，每步都先征得同意' },
  yes: { en: 'do it without asking, within a policy', zh: '按策略自动执行，不再询问' },
  undo: { en: 'put back what an earlier run changed for a time', zh: '撤销之前运行中的临时改动' },
  policy: { en: 'what may be done unattended, in YAML (for --yes)', zh: '无人值守策略文件（YAML，用于 --yes）' },
  bundle: { en: 'plan from a case file instead of this host', zh: '根据病例包制定计划，而不是本机' },
  output: { en: 'terminal or json (default: terminal)', zh: 'terminal 或 json（默认：terminal）' },
  skip: { en: 'leave this step out, by its id; repeatable', zh: '跳过该步骤（按 id）；可重复' },
  forbid: {
    en: 'never do this act, such as thaw-filesystem; repeatable',
    zh: '禁止某类操作，如 thaw-filesystem；可重复',
  },
  emptyDir: {
    en: 'drain pods with an emptyDir too: its content is lost',
    zh: '允许驱逐带 emptyDir 的 Pod（数据会丢失）',
  },
  unmanaged: { en: 'drain pods without a controller too: they are gone', zh: '允许驱逐无控制器的 Pod（不会重建）' },
  takeCapacity: {
    en: 'where pods do not fit elsewhere, take the first spare capacity that is offered',
    zh: '其他节点放不下时，采用首个可用的腾挪方案',
  },
  drainTimeout: { en: 'time a drain may take (default: 5m)', zh: '驱逐的时限（默认：5m）' },
  journal: {
    en: 'audit log, by which a later run goes on (default: /var/lib/notready/remedy.jsonl)',
    zh: '审计日志，后续运行据此继续（默认：/var/lib/notready/remedy.jsonl）',
  },
  evidence: {
    en: 'folder for the bundles taken before and after (default: beside the journal)',
    zh: '保存前后病例包的目录（默认：与审计日志同目录）',
  },
} as const;

const EXAMPLES = [
  ['remediate', { en: 'the plan for this host', zh: '本机的恢复计划' }],
  ['remediate worker-3', { en: 'the plan for a node of the cluster', zh: '集群节点的恢复计划' }],
  ['remediate worker-3 --apply', { en: 'do it, asking before each step', zh: '逐步执行，每步询问' }],
  ['remediate --yes --policy policy.yaml', { en: 'unattended, within a policy', zh: '按策略无人值守执行' }],
  ['remediate --forbid thaw-filesystem', { en: 'what is left without it?', zh: '不允许解冻时还剩什么？' }],
  [
    'remediate --bundle case.tar.gz -o json',
    { en: 'plan from evidence, for a program', zh: '根据病例包生成 JSON 计划' },
  ],
  ['remediate worker-3 --undo', { en: 'put back what a run left changed', zh: '撤销遗留的临时改动' }],
] as const;

const AFTER = {
  en: `Exit codes:
  0  nothing to do, or the node is back
  1  a plan was made, or the problem stands
  2  wrong usage or unreadable input
  3  it could not be done`,
  zh: `退出码：
  0  无需操作，或节点已恢复
  1  已生成计划，或问题仍在
  2  用法错误或输入无法读取
  3  未能完成`,
} as const;

const LIVE = ['kubeconfig', 'context', 'budget', 'runtimeEndpoint', 'callTimeout', 'stackDump', 'apply', 'yes', 'undo'];

/** What a policy says by itself. */
const OF_POLICY = ['emptyDir', 'unmanaged', 'takeCapacity', 'drainTimeout'];

/** Adds what `notready remediate` takes. */
export function addRemediateOptions(command: LocalCommand): LocalCommand {
  const { lang } = command.context;
  command
    .option('--plan', TEXTS.plan[lang])
    .addOption(new Option('--apply', TEXTS.apply[lang]).conflicts(['plan', 'yes', 'undo']))
    .addOption(new Option('--yes', TEXTS.yes[lang]).conflicts(['plan', 'apply']))
    .addOption(new Option('--undo', TEXTS.undo[lang]).conflicts(['plan', 'apply']))
    .addOption(new Option('--policy <file>', TEXTS.policy[lang]).conflicts(OF_POLICY))
    .addOption(new Option('--bundle <path>', TEXTS.bundle[lang]).conflicts(LIVE))
    .option('-o, --output <form>', TEXTS.output[lang], choiceOption('-o', ['terminal', 'json']))
    .option('--skip <step>', TEXTS.skip[lang], (id: string, all?: readonly string[]) => [...(all ?? []), id])
    .option('--forbid <act>', TEXTS.forbid[lang], forbidden)
    .option('--empty-dir', TEXTS.emptyDir[lang])
    .option('--unmanaged', TEXTS.unmanaged[lang])
    .option('--take-capacity', TEXTS.takeCapacity[lang])
    .option(
      '--drain-timeout <time>',
      TEXTS.drainTimeout[lang],
      durationOption('--drain-timeout', { minMs: 1000, maxMs: 86_400_000 }),
    )
    .option('--journal <file>', TEXTS.journal[lang])
    .option('--evidence <folder>', TEXTS.evidence[lang]);
  return addWayOptions(command, lang).examples(EXAMPLES, AFTER);
}

const parseForbidden = choiceOption('--forbid', ACT_KINDS);

function forbidden(value: string, all: readonly ActKind[] = []): readonly ActKind[] {
  return [...all, parseForbidden(value)];
}
