import type { Lang } from '../text/text.ts';
import type { LocalCommand } from './command.ts';
import { choiceOption, durationOption, endpointOption, nodeNameOption } from './option-values.ts';

export interface WatchOptions {
  readonly runtimeEndpoint?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly node?: string;
  readonly output?: 'terminal' | 'lines' | 'json';
  readonly for?: number;
  readonly period?: number;
}

export const DEFAULT_PERIOD_MS = 1000;

const SECOND = 1000;
const DAY = 86_400 * SECOND;

const TEXTS = {
  endpoint: {
    en: 'the runtime to watch (default: the kubelet’s, else what is found)',
    zh: '要监视的运行时（默认：kubelet 所用的，否则自动查找）',
  },
  kubeconfig: {
    en: 'how to reach the API server (default: as the kubelet does)',
    zh: '访问 API server 所用的 kubeconfig（默认：与 kubelet 相同）',
  },
  context: { en: 'context of the kubeconfig to use', zh: '使用 kubeconfig 中的哪个 context' },
  node: { en: 'the node that this host is, where several kubelets run', zh: '本机运行多个 kubelet 时，指定节点名' },
  output: {
    en: 'terminal, lines or json (default: terminal; when piped, lines)',
    zh: 'terminal、lines 或 json（默认：terminal，经管道时为 lines）',
  },
  for: { en: 'end after this time (default: at q or Ctrl-C)', zh: '经过该时长后结束（默认：按 q 或 Ctrl-C 结束）' },
  period: { en: 'how often to look (default: 1s)', zh: '查看间隔（默认：1s）' },
} as const;

export function addWatchOptions(command: LocalCommand, lang: Lang): LocalCommand {
  return command
    .option('--runtime-endpoint <socket>', TEXTS.endpoint[lang], oneEndpoint)
    .option('--kubeconfig <file>', TEXTS.kubeconfig[lang])
    .option('--context <name>', TEXTS.context[lang])
    .option('--node <name>', TEXTS.node[lang], nodeNameOption('--node'))
    .option('-o, --output <form>', TEXTS.output[lang], choiceOption('-o', ['terminal', 'lines', 'json']))
    .option('--for <time>', TEXTS.for[lang], durationOption('--for', { minMs: SECOND, maxMs: 365 * DAY }))
    .option('--period <time>', TEXTS.period[lang], durationOption('--period', { minMs: 500, maxMs: 60 * SECOND }));
}

/** The last one given is meant, as with other options. */
function oneEndpoint(value: string): string {
  return endpointOption('--runtime-endpoint')(value).at(-1) ?? value;
}
