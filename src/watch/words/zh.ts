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
  watching: (endpoint, node) => (node === null ? endpoint : `节点 ${node} 的 ${endpoint}`),
  state: (state) => STATES[state],
  sandbox: 'sandbox',
  marks: { comma: '，', semicolon: '；', colon: '：' },

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

  hung: (forTime, state) => `状态查询 ${forTime} 无响应（${state}）`,
  answers: (after) => `卡住 ${after} 后恢复`,
  shim: (pid, state) => `shim ${pid} ${SHIM_STATES[state] ?? state}`,
  noShim: '没有 shim',
  shimProcesses: (all, inKernel) =>
    inKernel === 0 ? `其下 ${all} 个进程` : `其下 ${all} 个进程中有 ${inKernel} 个在内核中等待（D）`,
  plegHealthy: '健康',
  of: { kubelet: 'kubelet', ours: '本工具', 'api-server': 'API server' },
  ready: (status, reason, message) => `${status} ${reason}：${message}`,

  lossUnless: (loss, since) => `${loss}将 NotReady，除非 ${since} 开始的 relist 在此之前结束`,
  lossThen: (loss, since, ends) => `${loss}将 NotReady：${since} 开始的 relist 预计到${ends}才结束`,
  lossLater: (loss) => `${loss}将 NotReady：由下一次 relist 引起`,
  endsInTime: (since, ends) => `保持 Ready：${since} 开始的 relist 预计 ${ends}结束`,
  lostUntil: (since, again) => `NotReady；预计 ${again}恢复 Ready，即 ${since} 开始的 relist 结束时`,
  lostOpen: (since) => `NotReady；relist 从 ${since} 运行至今，无法预计何时结束`,
  forecastOver: 'relist 已结束',
  inTime: (time, within) => `${time} 后${within === null ? '' : `（±${within}s）`}`,
  aboutAt: (clock) => `约 ${clock} `,

  title: 'notready watch',
  paused: '已暂停',
  firstLook: '首次查看……',
  well: 'relist 正常运行，没有容器卡住。',
  hangs: (n) => `${n} 个容器卡住；在 kubelet 需要查询它们之前，Ready 不受影响。`,
  hangsLoses: (n, takes, threshold) =>
    `${n} 个容器卡住：当前版本的 kubelet 每次 relist 需 ${takes}，超过 ${threshold}；NotReady 会反复出现。`,
  hangsSilently: (n, takes) =>
    `${n} 个容器卡住：当前版本的 kubelet 每次 relist 需 ${takes}。Ready 上看不出来，但 kubelet 发现变化要晚这么久；1.32 及更早的版本会查询两次。`,
  notReady: (status, reason, message) => `Ready 为 ${status}：${reason}：${message}`,
  groups: { pleg: 'PLEG', ready: 'Ready', relist: 'relist' },
  ageOf: (age, threshold) => `${age} / ${threshold}`,
  noRelistYet: '尚无 relist',
  notSeen: (why) => `不可见：${why}`,
  notAsked: '尚未查询',
  sinceAgo: (clock, ago) => `自 ${clock} 起（${ago}）`,
  heartbeatAgo: (ago) => `心跳 ${ago} 前`,
  relistNow: (took, list, inspected) => `${took}，列表 ${list}，检查 ${inspected} 次`,
  listFails: '列表调用失败',
  listPending: (age) => `列表调用 ${age} 无响应`,
  lists: (median, p99) => `列表：中位数 ${median}，99 % ${p99}`,
  onAverage: (mean) => `近期平均 ${mean}`,
  onAverageEver: (mean) => `启动以来平均 ${mean}`,
  chart: (span) => `本工具的 relist，最近 ${span}`,
  containers: (hung, containers, pods) => `容器：${hung} 个卡住，共 ${containers} 个，${pods} 个 Pod`,
  slowest: '以下为最慢的',
  noneSlow: '尚未检查任何容器',
  rowHung: (time) => `卡住 ${time}`,
  rowSlow: (took, clock) => `${took}，${clock}`,
  transition: (from, to) => `${from} → ${to}`,
  events: '事件',
  noEvents: '暂无',
  detail: {
    pod: 'Pod',
    uid: 'UID',
    container: '容器',
    id: 'ID',
    status: '状态查询',
    change: '未上报变化',
    state: '状态',
    failure: '上次应答',
    shim: 'shim',
    events: '事件',
  },
  detailHung: (time, clock) => `${time} 无响应，自 ${clock} 起`,
  detailSlow: (took, clock) => `${clock} 应答，耗时 ${took}`,
  stillAsked: '尚无',
  helpLines: [
    ['q', '退出'],
    ['空格', '暂停或继续；暂停期间的事件会保留'],
    ['↑ ↓ k j', '选择容器'],
    ['Enter', '查看详情，Esc 返回'],
    ['?', '本帮助'],
  ],
  helpText: [
    'PLEG 距今时间：上一次 relist 开始至今。超过上限后 kubelet 上报 NotReady。',
    '本工具：不会被任何容器卡住的 kubelet 所见。kubelet 逐个查询容器，并等待每一个返回。',
    '时刻均为 UTC。',
  ],
  keys: {
    quit: 'q 退出',
    pause: '空格 暂停',
    goOn: '空格 继续',
    choose: '↑↓ 选择',
    detail: 'Enter 详情',
    back: 'Esc 返回',
    help: '? 帮助',
  },

  sourceMissing: (source, why) => `${SOURCE_NAMES[source]}：${why}；${WITHOUT[source]}`,
  sourceBack: (source) => `${SOURCE_NAMES[source]}：恢复响应`,
};
