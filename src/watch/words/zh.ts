import type { RecordState } from '../../pleg/transitions.ts';
import type { SourceName } from '../model/news.ts';
import type { WatchWords } from './en.ts';

const STATES: Readonly<Record<RecordState, string>> = {
  running: '运行',
  exited: '已退出',
  unknown: '未知',
  'non-existent': '新建',
};

const SHIM_STATES: Readonly<Record<string, string>> = {
  R: '运行中',
  S: '休眠',
  I: '休眠',
  D: '在内核中等待（D）',
  T: '已被停止（T）',
  t: '被调试器停止（t）',
  Z: '已死亡未回收（Z）',
};

const SOURCE_NAMES: Readonly<Record<SourceName, string>> = {
  runtime: '容器运行时',
  'kubelet-metrics': 'kubelet 指标',
  'api-server': 'API server',
  shims: '进程表',
};

const WITHOUT: Readonly<Record<SourceName, string>> = {
  runtime: 'relist 无法成功',
  'kubelet-metrics': '无法显示其 relist 距今时间',
  'api-server': '无法显示集群侧的 Ready',
  shims: '无法显示 shim',
};

export const zh: WatchWords = {
  watching: (endpoint, node) => (node === null ? `监视 ${endpoint}` : `监视节点 ${node} 的 ${endpoint}`),
  noKubelet: '本机没有运行 kubelet',
  state: (state) => STATES[state],
  sandbox: 'sandbox',

  labels: {
    event: '事件',
    hung: '卡住',
    answers: '恢复',
    shim: 'shim',
    pleg: 'PLEG',
    ready: 'Ready',
    forecast: '预测',
    source: '来源',
    watching: '监视',
  },

  hung: (forTime, from, to) => `状态查询 ${forTime} 无响应（${from} → ${to}）`,
  answers: (after) => `卡住 ${after} 后恢复`,
  shim: (pid, state) => `shim ${pid} ${SHIM_STATES[state] ?? state}`,
  noShim: '没有 shim',
  shimProcesses: (all, inKernel) =>
    inKernel === 0 ? `其下 ${all} 个进程` : `其下 ${all} 个进程中有 ${inKernel} 个在内核中等待（D）`,
  plegHealthy: '健康',
  of: { kubelet: 'kubelet', ours: '本工具', 'api-server': 'API server' },
  ready: (status, reason, message) => `${status} ${reason}：${message}`,

  lossUnless: (loss, since) => `${loss}NotReady，除非 ${since} 开始的 relist 在此之前结束`,
  lossThen: (loss, since, ends) => `${loss}NotReady：${since} 开始的 relist 预计到 ${ends}才结束`,
  lossLater: (loss) => `${loss}NotReady：由下一次 relist 引起`,
  endsInTime: (since, ends) => `保持 Ready：${since} 开始的 relist 预计${ends}结束`,
  lostUntil: (since, again) => `${again}恢复 Ready：relist 从 ${since} 运行至今`,
  lostOpen: (since) => `relist 从 ${since} 运行至今，无法预计何时结束`,
  forecastOver: 'relist 已结束',
  within: (seconds) => `±${seconds}s`,
  inTime: (time) => `${time} 后`,
  aboutAt: (clock) => `约 ${clock} `,

  sourceMissing: (source, why) => `${SOURCE_NAMES[source]}：${why}；${WITHOUT[source]}`,
  sourceBack: (source) => `${SOURCE_NAMES[source]}：恢复响应`,
};
