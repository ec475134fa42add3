import type { Lang } from '../text/text.ts';
import type { LocalCommand } from './command.ts';
import { durationOption, endpointOption, nodeNameOption } from './option-values.ts';

/** What the user can say about an examination. */
export interface ExaminationOptions {
  readonly node?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly budget?: number;
  readonly callTimeout?: number;
  readonly runtimeEndpoint?: readonly string[];
  readonly stackDump?: boolean;
}

const SECOND = 1000;

const TEXTS = {
  node: {
    en: 'this node of the cluster, through its API server; joined with what the host shows where this is that node',
    zh: '通过 API server 检查集群中的该节点；若为本机，则与主机所见合并',
  },
  kubeconfig: {
    en: 'how to reach the API server (default: KUBECONFIG, ~/.kube/config, in a pod its service account)',
    zh: '访问 API server 所用的 kubeconfig（默认：KUBECONFIG、~/.kube/config，Pod 内为其 ServiceAccount）',
  },
  context: { en: 'context of the kubeconfig to use', zh: '使用 kubeconfig 中的哪个 context' },
  budget: { en: 'time the examination may take (default: 10s)', zh: '检查可用的总时间（默认：10s）' },
  endpoint: {
    en: 'look at this runtime too, such as unix:///run/docker.sock; repeatable',
    zh: '同时检查该运行时，如 unix:///run/docker.sock；可重复',
  },
  callTimeout: {
    en: 'time one runtime call may take (default: 4s, or 40 % of the budget)',
    zh: '单次运行时调用的时限（默认：4s，且不超过总时间的 40 %）',
  },
  stackDump: {
    en: 'have a dockerd or containerd write down its goroutine stacks (SIGUSR1): only one that left a call unanswered or that is named by --runtime-endpoint',
    zh: '让 dockerd 或 containerd 输出 goroutine 栈（SIGUSR1）：仅限有调用未响应的，或由 --runtime-endpoint 指定的',
  },
} as const;

/** Adds the options of an examination to a command. */
export function addExaminationOptions(command: LocalCommand, lang: Lang): LocalCommand {
  return addWayOptions(command.option('--node <name>', TEXTS.node[lang], nodeNameOption('--node')), lang);
}

/** The same without `--node`, for a command that takes the node as its argument. */
export function addWayOptions(command: LocalCommand, lang: Lang): LocalCommand {
  return command
    .option('--kubeconfig <file>', TEXTS.kubeconfig[lang])
    .option('--context <name>', TEXTS.context[lang])
    .option(
      '--budget <time>',
      TEXTS.budget[lang],
      durationOption('--budget', { minMs: 2 * SECOND, maxMs: 600 * SECOND }),
    )
    .option('--runtime-endpoint <socket>', TEXTS.endpoint[lang], endpointOption('--runtime-endpoint'))
    .option(
      '--call-timeout <time>',
      TEXTS.callTimeout[lang],
      durationOption('--call-timeout', { minMs: 100, maxMs: 600 * SECOND }),
    )
    .option('--stack-dump', TEXTS.stackDump[lang]);
}
