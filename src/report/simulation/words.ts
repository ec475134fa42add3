import type { Lang } from '../../text/text.ts';

const en = {
  scenario: (pods: number, containers: number, churn: number) =>
    `${plural(pods, 'pod')}, ${plural(containers, 'container')}, ${churn} of them end a minute`,
  hung: (containers: number, pods: number) =>
    `${plural(containers, 'hung container')} in ${plural(pods, 'pod')} from minute 0 on`,
  noneHung: 'nothing hangs',
  kubelet: (version: string, timeout: string) => `kubelet ${version}, request timeout ${timeout}`,
  calls: (p50: string, p99: string) => (p50 === p99 ? `calls take ${p50}` : `calls take ${p50}, 1 of 100 over ${p99}`),
  run: (duration: string, seed: number) => `${duration}, seed ${seed}`,

  stays: (duration: string) => `Ready throughout the ${duration}.`,
  staysSlow: (relist: string) =>
    `A relist takes ${relist}. Ready does not show it, but the kubelet notices that much later what happens to its containers.`,
  flaps: (notReady: string, period: string, share: string) =>
    `The node flaps: NotReady for ${notReady} of every ${period}, ${share} of the time.`,
  lostOften: (times: number, share: string) =>
    `NotReady ${times === 1 ? 'once' : `${times} times`}, ${share} of the time.`,
  lostForGood: (share: string) => `NotReady once and not Ready again by the end, ${share} of the time.`,

  firstLoss: 'First loss',
  after: (time: string) => `after ${time}`,
  period: 'Period',
  periodIs: (period: string, ready: string, notReady: string) =>
    `${period}: Ready for ${ready}, then NotReady for ${notReady}`,
  losses: 'Losses',
  lossesAre: (count: number, longest: string) => `${count}, the longest ${longest}`,
  relists: 'Relists',
  noRelist: (duration: string) => `none ended within ${duration}`,
  relistsAre: (count: number, median: string, p99: string, longest: string) =>
    `${count}: median ${median}, 99 % within ${p99}, the longest ${longest}`,
  timedOut: 'Timed out',
  timedOutCalls: (calls: number) => `up to ${plural(calls, 'call')} a relist`,
  byThemselves: (told: string, notReady: string, period: string) =>
    `${told}: alone, NotReady ${notReady} of every ${period}`,
  remediator: 'Remediator',
  neverActs: (waits: string, longest: string | null) =>
    longest === null
      ? `one that waits for ${waits} of NotReady never acts`
      : `one that waits for ${waits} of NotReady never acts: it saw ${longest} at most`,
  acts: (waits: string, at: string) => `one that waits for ${waits} of NotReady acts after ${at}`,

  chart: (threshold: string) => `Age of the last relist, limit ${threshold}`,
  notReady: 'NotReady',

  limits: 'Ready would be lost with',
  stuckPods: (pods: number, version: string) =>
    `hung containers in ${plural(pods, 'pod')}, with kubelet ${version} and this timeout`,
  containers: (count: number) => `${plural(count, 'container')} that end as often as these`,
  hungAlone: 'any number of containers: the timed-out calls alone take too long',
  noContainers: 'no number of containers that a node could have, ending as often as these',
  atStart: (count: number) => `${plural(count, 'container')} inspected in one relist, as when the kubelet starts`,
  neverAtStart: 'no number of containers that a node could have, inspected in one relist as when the kubelet starts',
} as const;

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

type Words = {
  readonly [K in keyof typeof en]: (typeof en)[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : string;
};

const zh: Words = {
  scenario: (pods, containers, churn) => `${pods} 个 Pod，${containers} 个容器，每分钟有 ${churn} 个结束`,
  hung: (containers, pods) => `从第 0 分钟起，${pods} 个 Pod 中有 ${containers} 个容器卡死`,
  noneHung: '没有卡死的容器',
  kubelet: (version, timeout) => `kubelet ${version}，请求超时 ${timeout}`,
  calls: (p50, p99) => (p50 === p99 ? `每次调用耗时 ${p50}` : `每次调用耗时 ${p50}，百分之一超过 ${p99}`),
  run: (duration, seed) => `时长 ${duration}，种子 ${seed}`,

  stays: (duration) => `${duration} 内始终 Ready。`,
  staysSlow: (relist) => `一次 relist 耗时 ${relist}。Ready 上看不出来，但 kubelet 发现容器变化要晚这么久。`,
  flaps: (notReady, period, share) => `节点抖动：每 ${period} 中有 ${notReady} NotReady，占总时间的 ${share}。`,
  lostOften: (times, share) => `NotReady ${times} 次，占总时间的 ${share}。`,
  lostForGood: (share) => `NotReady 一次，直到结束也没有恢复，占总时间的 ${share}。`,

  firstLoss: '首次丢失',
  after: (time) => `${time} 之后`,
  period: '周期',
  periodIs: (period, ready, notReady) => `${period}：Ready ${ready}，随后 NotReady ${notReady}`,
  losses: '丢失次数',
  lossesAre: (count, longest) => `${count} 次，最长 ${longest}`,
  relists: 'relist',
  noRelist: (duration) => `${duration} 内没有一次完成`,
  relistsAre: (count, median, p99, longest) => `${count} 次：中位数 ${median}，99 % 不超过 ${p99}，最长 ${longest}`,
  timedOut: '超时调用',
  timedOutCalls: (calls) => `每次 relist 最多 ${calls} 个`,
  byThemselves: (told, notReady, period) => `${told}；仅此即为每 ${period} 中 ${notReady} NotReady`,
  remediator: '自动修复',
  neverActs: (waits, longest) =>
    longest === null
      ? `等待 NotReady 持续 ${waits} 的修复程序不会动作`
      : `等待 NotReady 持续 ${waits} 的修复程序不会动作：它最多只看到 ${longest}`,
  acts: (waits, at) => `等待 NotReady 持续 ${waits} 的修复程序在 ${at} 后动作`,

  chart: (threshold) => `上次 relist 距今时间，上限 ${threshold}`,
  notReady: 'NotReady',

  limits: '以下情况会丢失 Ready',
  stuckPods: (pods, version) => `${pods} 个 Pod 中有容器卡死（kubelet ${version}，当前超时）`,
  containers: (count) => `${count} 个以同样频率结束的容器`,
  hungAlone: '容器再少也会：仅超时的调用就已太久',
  noContainers: '容器以同样频率结束时，节点容得下的任何数量都不会',
  atStart: (count) => `一次 relist 检查 ${count} 个容器（如 kubelet 启动时）`,
  neverAtStart: '一次 relist 检查全部容器（如 kubelet 启动时），节点容得下的任何数量都不会',
};

/** The words of a simulation's report in a language. */
export function simulationWords(lang: Lang): Words {
  return lang === 'zh' ? zh : en;
}

export type SimulationWords = Words;
