import type { Text } from '../src/text/text.ts';
import { verbatim } from '../src/text/text.ts';
import type { ClusterScenario } from './cluster/scenario.ts';
import { paceOf } from './cluster/timing.ts';
import type { Listed } from './listed.ts';
import type { Diagnosed } from './notready-cli.ts';
import type { Truth } from './scenario.ts';
import type { UndoFailure } from './undo.ts';

/** What the lab says. */
export const USAGE: Text = {
  en: `Usage: notready lab list
       notready lab run NAME [--stock] [--keep] [--diagnose] [--record PATH] [--no-install]
       notready lab up [--runtime docker|cri] [--brisk]
       notready lab down [FOLDER]
       notready lab status
       notready lab pleg [--minutes N]
       notready lab matrix [NAME...] [--live [--resume]]
       notready lab sweep

run makes a real fault, diagnoses it, holds the verdict against the truth and takes all back. list shows two kinds:
on a runtime alone, and on a cluster of one node, which run brings up and watches Ready of. A name that both kinds
have is given as host/NAME or cluster/NAME.
  --stock        on a cluster: with stock settings, not the shorter heartbeats and grace periods of tests
  --keep         leave the fault in place until Ctrl-C, and do not hold it against the truth
  --diagnose     print the whole report too
  --record PATH  write a bundle of it to a file; on a cluster, its whole course into a folder
  --no-install   install no packages
up starts a real cluster of one node on this machine (etcd, API server, controller manager, scheduler, kubelet) and
leaves it running until down. Its Kubernetes comes from KUBEBUILDER_ASSETS, or is built once from Debian's source.
  --runtime      what its kubelet drives: docker (by dockershim, the default) or cri (containerd)
  --brisk        shorter heartbeats and grace periods than stock ones
pleg holds notready's own pod events and PLEG health against those of the cluster's kubelet, through N (10) minutes of
churn and one hung container.
matrix holds what notready says of every scenario, or of those named, against the truth, from the recordings.
  --live         make every fault now instead, which takes an hour
  --resume       go on with a live run that was broken off, and try what could not be made again
sweep cleans up after labs that were killed.

Examples:
  notready lab run stopped-shim --diagnose     a hung container on a dockerd of its own, some seconds
  notready lab run stopped-kubelet             a kubelet that does nothing: Ready becomes Unknown, about a minute
  notready lab run incident --stock            a node that flaps, each forecast held against what comes, 12 minutes
  notready lab run incident --keep             the same to look at: Ready is shown as it changes, until Ctrl-C`,
  zh: `用法：notready lab list
      notready lab run NAME [--stock] [--keep] [--diagnose] [--record PATH] [--no-install]
      notready lab up [--runtime docker|cri] [--brisk]
      notready lab down [FOLDER]
      notready lab status
      notready lab pleg [--minutes N]
      notready lab matrix [NAME...] [--live [--resume]]
      notready lab sweep

run 制造真实故障，进行诊断，将结论与事实对照，最后全部撤销。list 列出两类场景：仅在运行时上，以及在单节点
集群上（由 run 启动集群，并持续观察节点的 Ready）。两类都有的名称写作 host/NAME 或 cluster/NAME。
  --stock        在集群上：使用默认设置，而不是测试用的较短心跳与宽限期
  --keep         保留故障，直到按下 Ctrl-C，不与事实对照
  --diagnose     同时打印完整报告
  --record PATH  写出一份 bundle 文件；在集群上则为目录，记录全过程
  --no-install   不安装软件包
up 在本机启动一个真实的单节点集群（etcd、API server、controller manager、scheduler、kubelet），一直运行到 down。
Kubernetes 程序取自 KUBEBUILDER_ASSETS，否则由 Debian 源码包构建一次。
  --runtime      kubelet 使用的运行时：docker（经 dockershim，默认）或 cri（containerd）
  --brisk        使用比默认更短的心跳与宽限期
pleg 在 N（默认 10）分钟的 Pod 反复创建与删除以及一个卡住的容器中，将 notready 自己的 Pod 事件和 PLEG 健康状态与集群
kubelet 的逐一对照。
matrix 依据记录，将 notready 对每个（或指定）场景的结论与事实对照。
  --live         改为现场制造每个故障，约需一小时
  --resume       继续中断的 --live，并重试未能完成的场景
sweep 清理被强行终止的实验留下的一切。

示例：
  notready lab run stopped-shim --diagnose     自带 dockerd 上一个卡住的容器，几秒钟
  notready lab run stopped-kubelet             kubelet 不做任何事：Ready 变为 Unknown，约一分钟
  notready lab run incident --stock            反复抖动的节点，逐一核对预测与实际，约 12 分钟
  notready lab run incident --keep             同一场景供自行查看：显示 Ready 的每次变化，直到 Ctrl-C`,
};

export function badMinutes(given: string): Text {
  return {
    en: `--minutes is a number of minutes, not ${JSON.stringify(given)}`,
    zh: `--minutes 应为分钟数，而不是 ${JSON.stringify(given)}`,
  };
}

export const NOTHING_TO_SWEEP: Text = { en: 'no abandoned lab found', zh: '没有发现遗留的实验' };
export const KEPT: Text = { en: 'The fault stays until Ctrl-C.', zh: '故障将保留，按 Ctrl-C 撤销。' };
export const NO_INSTALL: Text = { en: '--no-install was given', zh: '指定了 --no-install' };

export const MAKING: Text = { en: 'making the fault', zh: '正在制造故障' };
export const RECORDING: Text = { en: 'recording', zh: '正在记录' };
export const DIAGNOSING: Text = { en: 'notready diagnose', zh: 'notready diagnose' };

/** Above each kind of scenario in the list. */
export const KINDS: Readonly<Record<Listed['kind'], Text>> = {
  host: { en: 'On a runtime alone:', zh: '仅在运行时上：' },
  cluster: {
    en: '\nOn a cluster of one node (brisk: shorter heartbeats and grace periods unless --stock is given):',
    zh: '\n在单节点集群上（brisk：除非指定 --stock，否则使用较短的心跳与宽限期）：',
  },
};

/** A scenario's line in the list. */
export function listed(name: string, { kind, scenario }: Listed): Text {
  const { title, truth } = scenario;
  const [en, zh] = kind === 'host' ? ['', ''] : onCluster(scenario);
  return {
    en: `  ${name}  ${title.en}${en} [${truth.cause ?? 'nothing wrong'}]`,
    zh: `  ${name}  ${title.zh}${zh} [${truth.cause ?? '一切正常'}]`,
  };
}

/** ` (docker, brisk, Ready=Unknown)` */
function onCluster({ runtime, timing, truth }: ClusterScenario): [en: string, zh: string] {
  const pace = paceOf(timing);
  const ready = readyOf(truth);
  return [
    ` (${runtime}, ${pace === 'own' ? 'timing of its own' : pace}, ${ready.en})`,
    `（${runtime}，${pace === 'own' ? '自有时间设置' : pace}，${ready.zh}）`,
  ];
}

function readyOf({ flaps, ready }: ClusterScenario['truth']): Text {
  if (flaps !== undefined) return { en: 'Ready comes and goes', zh: 'Ready 反复变化' };
  return ready === null ? { en: 'Ready cannot be read', zh: '无法读取 Ready' } : verbatim(`Ready=${ready}`);
}

export const STOCK_IS_FOR_RUN: Text = {
  en: '--stock is for `notready lab run`; `notready lab up` has stock settings unless --brisk is given',
  zh: '--stock 用于 `notready lab run`；`notready lab up` 默认就是默认设置，除非指定 --brisk',
};

export function stockNeedsCluster(name: string): Text {
  return {
    en: `--stock is for scenarios on a cluster; ${name} runs on a runtime alone`,
    zh: `--stock 用于集群上的场景；${name} 仅在运行时上运行`,
  };
}

export function ambiguousScenario(name: string, names: readonly string[]): Text {
  return {
    en: `${name} is there on a runtime alone and on a cluster: say ${names.join(' or ')}`,
    zh: `${name} 在运行时上与集群上都有：请写 ${names.join(' 或 ')}`,
  };
}

export function unknownScenario(name: string): Text {
  return {
    en: `no scenario is called ${JSON.stringify(name)}; see \`notready lab list\``,
    zh: `没有名为 ${JSON.stringify(name)} 的场景；请看 \`notready lab list\``,
  };
}

export function installing(packages: readonly string[]): Text {
  const names = packages.join(' ');
  return {
    en: `Installing Debian packages (no service is started): ${names} ...`,
    zh: `正在安装 Debian 软件包（不启动任何服务）：${names} ...`,
  };
}

export function missing(packages: readonly string[], why: Text): Text {
  const names = packages.join(' ');
  return { en: `these packages are missing: ${names} (${why.en})`, zh: `缺少软件包：${names}（${why.zh}）` };
}

export function making(title: Text, folder: string): Text {
  return { en: `In ${folder}: ${title.en} ...`, zh: `在 ${folder} 中：${title.zh} ...` };
}

export function made(look: readonly string[]): Text {
  const lines = look.map((command) => `  ${command}`).join('\n');
  return { en: `The fault is there. To see it yourself:\n${lines}`, zh: `故障已制造。可自行查看：\n${lines}` };
}

export function recorded(file: string): Text {
  return { en: `Recorded in ${file}`, zh: `已记录到 ${file}` };
}

export function asIs(text: string): Text {
  return verbatim(text);
}

/** How a diagnosis compares with the truth. */
export function held(diagnosed: Diagnosed, truth: Truth, wrong: readonly string[]): Text {
  const seconds = (diagnosed.tookMs / 1000).toFixed(1);
  const cause = diagnosed.json.verdict?.cause;
  const summary = diagnosed.json.verdict?.summary ?? '';
  const differs = wrong.map((line) => `  - ${line}`).join('\n');
  const en = `notready says, after ${seconds} s: ${cause ?? 'nothing wrong'}. ${summary}`;
  const zh = `notready 在 ${seconds} 秒后给出：${cause ?? '一切正常'}。${summary}`;
  if (wrong.length === 0)
    return { en: `${en}\nThat is the truth. ${truth.notes.en}`, zh: `${zh}\n与事实相符。${truth.notes.zh}` };
  return { en: `${en}\nThat differs from the truth:\n${differs}`, zh: `${zh}\n与事实不符：\n${differs}` };
}

export function undone(failures: readonly UndoFailure[]): Text {
  if (failures.length === 0)
    return { en: 'All taken back; nothing is left behind.', zh: '已全部撤销，没有留下任何东西。' };
  const lines = failures.map((f) => `  ${JSON.stringify(f.undo)}: ${f.error}`).join('\n');
  return {
    en: `Not all could be taken back; try \`notready lab sweep\` later:\n${lines}`,
    zh: `未能全部撤销；稍后请试 \`notready lab sweep\`：\n${lines}`,
  };
}

export function swept(folder: string, failures: readonly UndoFailure[]): Text {
  const result = undone(failures);
  return { en: `${folder}: ${result.en}`, zh: `${folder}：${result.zh}` };
}
