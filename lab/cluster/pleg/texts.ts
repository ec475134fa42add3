import type { Text } from '../../../src/text/text.ts';
import { formatDuration } from '../../../src/text/units.ts';
import type { Comparison } from './compare-events.ts';

/** What `notready lab pleg` says. */
export function churning(ms: number): Text {
  const time = formatDuration(ms);
  return {
    en: `Pods start, crash and go for ${time} ...`,
    zh: `Pod 反复启动、崩溃、删除，持续 ${time}……`,
  };
}

export function compared(rounds: number, theirs: number, ours: number, c: Comparison): Text {
  const apart = c.farthestMs === null ? '-' : `${(c.farthestMs / 1000).toFixed(1)} s`;
  const differing = c.differing.map(
    (d) => `\n  ${d.containerId.slice(0, 12)}  kubelet: ${d.kubelet.join(' ')}  notready: ${d.ours.join(' ')}`,
  );
  return {
    en: `${rounds} rounds; events: kubelet ${theirs}, notready ${ours}\nContainers told of alike: ${c.equal}, at most ${apart} apart; gone too fast for both to see: ${c.sampled}; told of late or in part, for the kubelet stood still: ${c.late}; told of differently: ${c.differing.length}; pairs in another order: ${c.inverted}${differing.join('')}`,
    zh: `${rounds} 轮；事件：kubelet ${theirs} 个，notready ${ours} 个\n双方事件一致的容器：${c.equal}，相差最多 ${apart}；存在时间过短、可能漏看的容器：${c.sampled}；kubelet 停滞期间有变化、因而迟报或少报的容器：${c.late}；不一致的容器：${c.differing.length}；顺序相反的事件对：${c.inverted}${differing.join('')}`,
  };
}

export function hanging(id: string): Text {
  return {
    en: `Container ${id.slice(0, 12)} hangs now; the PLEG is unhealthy in 3 minutes ...`,
    zh: `容器 ${id.slice(0, 12)} 已卡住；3 分钟后 PLEG 将不健康……`,
  };
}

interface Said {
  readonly at: number;
  readonly message: string;
}

export function unhealthy(theirs: Said, ours: Said, named: boolean): Text {
  const apart = ((ours.at - theirs.at) / 1000).toFixed(1);
  const quoted = `\n  kubelet   ${theirs.message}\n  notready  ${ours.message}`;
  return {
    en: `Unhealthy, notready ${apart} s after the kubelet:${quoted}\nThe hung container is ${named ? '' : 'not '}named by notready.`,
    zh: `均已不健康，notready 比 kubelet 晚 ${apart} 秒：${quoted}\nnotready ${named ? '已' : '未'}指出卡住的容器。`,
  };
}
