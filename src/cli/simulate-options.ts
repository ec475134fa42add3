import { CURRENT_ERA, eraOf } from '../pleg/eras.ts';
import { DEFAULT_REQUEST_TIMEOUT_MS } from '../pleg/node/node-options.ts';
import type { KubeletChoice, Latency, Scenario } from '../simulate/scenario.ts';
import { parseGoDuration } from '../text/go-duration.ts';
import type { Lang } from '../text/text.ts';
import { UserError } from '../text/user-error.ts';
import type { LocalCommand } from './command.ts';
import { durationOption, numberOption, wrong } from './option-values.ts';

/** What the user can say about a simulated node. */
export interface SimulateOptions {
  readonly pods?: number;
  readonly containersPerPod?: number;
  readonly churn?: number;
  readonly latency?: Latency;
  readonly hung?: number;
  readonly hungPods?: number;
  readonly requestTimeout?: number;
  readonly kubelet?: KubeletChoice;
  readonly for?: number;
  readonly seed?: number;
}

const SECOND = 1000;
const HOUR = 3_600_000;
const MOST_PODS = 1000;
/** A day of 1000 pods: more would take minutes. */
const MOST_POD_HOURS = 24_000;
const LATENCY_BOUNDS = { minMs: 0.1, maxMs: 60 * SECOND } as const;

const DEFAULTS = {
  pods: 30,
  containersPerPod: 2,
  churnPerMinute: 6,
  latency: { p50Ms: 10, p99Ms: 100 },
  durationMs: HOUR,
  seed: 1,
} as const;

const TEXTS = {
  pods: { en: 'pods on the node (default: 30)', zh: '节点上的 Pod 数（默认：30）' },
  containersPerPod: { en: 'containers in each (default: 2)', zh: '每个 Pod 的容器数（默认：2）' },
  churn: {
    en: 'containers that end, a minute; each is started again (default: 6)',
    zh: '每分钟结束的容器数，随后会重新启动（默认：6）',
  },
  latency: {
    en: 'of one runtime call: 20ms, or median/p99 (default: 10ms/100ms)',
    zh: '单次运行时调用的耗时：20ms，或 中位数/p99（默认：10ms/100ms）',
  },
  hung: { en: 'containers whose status never comes (default: 0)', zh: '状态查询永不返回的容器数（默认：0）' },
  hungPods: {
    en: 'in how many pods those are (default: each in its own)',
    zh: '它们分布在几个 Pod 中（默认：各在一个 Pod）',
  },
  requestTimeout: {
    en: 'the kubelet’s --runtime-request-timeout (default: 2m)',
    zh: 'kubelet 的 --runtime-request-timeout（默认：2m）',
  },
  kubelet: { en: 'its version, such as 1.20 (default: a current one)', zh: 'kubelet 版本，如 1.20（默认：当前版本）' },
  for: { en: 'time to simulate, up to 168h (default: 1h)', zh: '模拟的时长，最长 168h（默认：1h）' },
  seed: { en: 'another seed, another run (default: 1)', zh: '随机种子，不同种子得到不同的过程（默认：1）' },
} as const;

export function addSimulateOptions(command: LocalCommand, lang: Lang): LocalCommand {
  const whole = (flag: string, min: number, max: number) => numberOption(flag, { min, max });
  return command
    .option('--pods <n>', TEXTS.pods[lang], whole('--pods', 1, MOST_PODS))
    .option('--containers-per-pod <n>', TEXTS.containersPerPod[lang], whole('--containers-per-pod', 1, 50))
    .option('--churn <n>', TEXTS.churn[lang], whole('--churn', 0, 6000))
    .option('--latency <time>', TEXTS.latency[lang], latencyOption)
    .option('--hung <n>', TEXTS.hung[lang], whole('--hung', 0, 2000))
    .option('--hung-pods <n>', TEXTS.hungPods[lang], whole('--hung-pods', 1, MOST_PODS))
    .option(
      '--request-timeout <time>',
      TEXTS.requestTimeout[lang],
      durationOption('--request-timeout', { minMs: SECOND, maxMs: HOUR }),
    )
    .option('--kubelet <version>', TEXTS.kubelet[lang], kubeletOption)
    .option('--for <time>', TEXTS.for[lang], durationOption('--for', { minMs: 60 * SECOND, maxMs: 168 * HOUR }))
    .option('--seed <n>', TEXTS.seed[lang], whole('--seed', 0, 2 ** 31 - 1));
}

/** @throws UserError where what is asked for does not go together */
export function scenarioFrom(options: SimulateOptions): Scenario {
  const pods = options.pods ?? DEFAULTS.pods;
  const containersPerPod = options.containersPerPod ?? DEFAULTS.containersPerPod;
  const containers = options.hung ?? 0;
  const hungPods = Math.min(containers, options.hungPods ?? Math.min(containers, pods));
  if (hungPods > pods) throw tooFew('--hung-pods', hungPods, pods, { en: 'pods', zh: '个 Pod' });
  const room = hungPods * containersPerPod;
  if (containers > room) throw tooFew('--hung', containers, room, { en: 'containers in those pods', zh: '个容器' });
  const durationMs = options.for ?? DEFAULTS.durationMs;
  if (pods * durationMs > MOST_POD_HOURS * HOUR) throw tooMuch(pods);
  return {
    pods,
    containersPerPod,
    churnPerMinute: options.churn ?? DEFAULTS.churnPerMinute,
    latency: options.latency ?? DEFAULTS.latency,
    hung: { containers, pods: hungPods },
    requestTimeoutMs: options.requestTimeout ?? DEFAULT_REQUEST_TIMEOUT_MS,
    kubelet: options.kubelet ?? { version: `1.${CURRENT_ERA.since}+`, era: CURRENT_ERA },
    durationMs,
    seed: options.seed ?? DEFAULTS.seed,
  };
}

function tooMuch(pods: number): UserError {
  const hours = Math.floor(MOST_POD_HOURS / pods);
  return new UserError({
    en: `too much to simulate: with ${pods} pods --for may be ${hours}h at most`,
    zh: `模拟量过大：${pods} 个 Pod 时 --for 最长 ${hours}h`,
  });
}

function tooFew(flag: string, asked: number, room: number, what: Record<Lang, string>): UserError {
  return new UserError({
    en: `${flag} ${asked}: there are only ${room} ${what.en}`,
    zh: `${flag} ${asked}：总共只有 ${room} ${what.zh}`,
  });
}

/** `20ms`, or `20ms/400ms`: the median and the 99th percentile. @throws UserError for anything else */
function latencyOption(value: string): Latency {
  const [p50Ms, p99Ms = p50Ms, ...more] = value.split('/').map((part) => parseGoDuration(part.trim()));
  const { minMs, maxMs } = LATENCY_BOUNDS;
  if (p50Ms == null || p99Ms == null || more.length > 0) {
    throw wrong('--latency', value, {
      en: 'not a latency; write 20ms, or median/p99 as in 20ms/400ms',
      zh: '不是合法的耗时，请写成 20ms，或 中位数/p99，如 20ms/400ms',
    });
  }
  if (p50Ms < minMs || p99Ms > maxMs || p99Ms < p50Ms) {
    throw wrong('--latency', value, {
      en: 'must be from 100us to 1m, the median first',
      zh: '必须在 100us 到 1m 之间，中位数在前',
    });
  }
  return { p50Ms, p99Ms };
}

/** `1.20`, `v1.20.2`, `1.32.0-gke.1`. @throws UserError for anything else */
function kubeletOption(value: string): KubeletChoice {
  const match = /^v?1\.(\d{1,2})(?:[.+-][\w.+-]{0,40})?$/.exec(value.trim());
  if (match === null) {
    throw wrong('--kubelet', value, {
      en: 'not a version of Kubernetes; write 1.20 or v1.32.1',
      zh: '不是合法的 Kubernetes 版本，请写成 1.20 或 v1.32.1',
    });
  }
  return { version: value.trim().replace(/^v/, ''), era: eraOf(Number(match[1])) };
}
