import type { Text } from '../../src/text/text.ts';
import type { Cluster } from './cluster.ts';
import type { Held } from './held.ts';
import type { ClusterScenario, ClusterTruth } from './scenario.ts';
import type { Pace } from './timing.ts';
import { losses, periods } from './turns.ts';

/** What `notready lab run` of a scenario on a cluster says. */
export const UNTIL_READY: Text = { en: 'until the node is Ready', zh: '等待节点 Ready' };

export function hasOwnTiming(name: string): Text {
  return {
    en: `${name} depends on settings of its own; it cannot run with --stock`,
    zh: `${name} 依赖自有的时间设置，不能与 --stock 一起使用`,
  };
}

const PACES: Readonly<Record<Pace, Text>> = {
  stock: { en: 'with stock settings', zh: '默认设置' },
  brisk: { en: 'with shorter heartbeats and grace periods than stock ones', zh: '心跳与宽限期短于默认' },
  own: { en: 'with timing of its own', zh: '自有时间设置' },
};

export function bringingUp(runtime: ClusterScenario['runtime'], pace: Pace, folder: string): Text {
  return {
    en: `Bringing up a cluster of one node (${runtime}, ${PACES[pace].en}) in ${folder} ...`,
    zh: `正在 ${folder} 中启动单节点集群（${runtime}，${PACES[pace].zh}）……`,
  };
}

export function making({ title, truth }: ClusterScenario, { node, binaries, kubectl }: Cluster): Text {
  const [en, zh] = truth.flaps === undefined ? ['', ''] : rhythm(truth.flaps);
  const kubeconfig = `export KUBECONFIG=${kubectl.kubeconfig}`;
  return {
    en: `Node ${node} (${binaries.version}) is Ready; to look on: ${kubeconfig}\nThe fault: ${title.en}.${en}`,
    zh: `节点 ${node}（${binaries.version}）已 Ready；旁观：${kubeconfig}\n故障：${title.zh}。${zh}`,
  };
}

function rhythm({ losses: times, periodSeconds }: NonNullable<ClusterTruth['flaps']>): [en: string, zh: string] {
  // Up to the first loss one relist and a half.
  const minutes = Math.round(((times + 0.5) * periodSeconds) / 60);
  return [
    ` Ready will be lost ${times} times, about every ${periodSeconds} s; that takes about ${minutes} minutes.`,
    ` Ready 将丢失 ${times} 次，周期约 ${periodSeconds} 秒；全程约 ${minutes} 分钟。`,
  ];
}

/** How all that was said and foretold compares with the truth. */
export function held(of: Held, truth: ClusterTruth): Text {
  const summary = of.looks.at(-1)?.diagnosed.json.verdict?.summary ?? '';
  const flaps = truth.flaps === undefined ? { en: '', zh: '' } : course(of);
  const en = `${flaps.en}${said(of, truth).en} ${summary}`.trim();
  const zh = `${flaps.zh}${said(of, truth).zh}${summary}`;
  if (of.wrong.length === 0)
    return { en: `${en}\nThat is the truth. ${truth.notes.en}`, zh: `${zh}\n与事实相符。${truth.notes.zh}` };
  const differs = of.wrong.map((line) => `  - ${line}`).join('\n');
  return { en: `${en}\nThat differs from the truth:\n${differs}`, zh: `${zh}\n与事实不符：\n${differs}` };
}

function said({ looks }: Held, { cause }: ClusterTruth): Text {
  const causes = [...new Set(looks.map((l) => l.diagnosed.json.verdict?.cause ?? null))];
  const each = looks.length > 1 ? { en: ' each time', zh: '每次都' } : { en: '', zh: '' };
  const [only = cause] = causes;
  if (causes.length > 1) {
    return {
      en: `notready says now this, now that: ${causes.map((c) => c ?? 'nothing wrong').join(', ')}.`,
      zh: `notready 的说法不一：${causes.map((c) => c ?? '一切正常').join('、')}。`,
    };
  }
  return {
    en: `notready says${each.en}: ${only ?? 'nothing wrong'}.`,
    zh: `notready ${each.zh}给出：${only ?? '一切正常'}。`,
  };
}

function course({ turns, forecasts }: Held): Text {
  const count = losses(turns).length;
  const apart = periods(turns).map((s) => `${s} s`);
  const right = forecasts.filter((f) => f.right === true);
  const worst = Math.max(0, ...right.map((f) => Math.round(Math.abs((f.came ?? f.for) - f.for) / 1000)));
  const open = forecasts.filter((f) => f.right === null).length;
  const due = forecasts.length - open;
  return {
    en: `Ready was lost ${count} times, ${apart.join(' and ')} apart. ${right.length} of ${due} forecasts came true, the least exact ${worst} s off; ${open} were not due yet.\n`,
    zh: `Ready 丢失 ${count} 次，间隔 ${apart.join('、')}。${due} 个预测中 ${right.length} 个应验，偏差最大 ${worst} 秒；另有 ${open} 个尚未到期。\n`,
  };
}
