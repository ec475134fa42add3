import type { Messages } from './en.ts';

export const zh: Messages = {
  colon: '：',
  listSeparator: '，',
  status: {
    confirmed: '已确认',
    likely: '很可能',
    possible: '有可能',
    'ruled-out': '已排除',
    'not-examined': '未检查',
    expected: '推断，未直接观察到',
  },

  sure: (status, percent) => `${status}，${percent} %`,
  at: (what, where) => `${what}：${where}`,
  examinedAt: (time) => `检查于 ${time}`,
  sourcesRead: (sources, took) => `${took} 内读取 ${sources} 个来源`,
  notAllRead: (count) => `其中 ${count} 个未能完整读取`,

  healthy: (node) => `${node}：未发现问题`,
  healthyAsFarAsSeen: (node) => `${node}：在能检查到的范围内未发现问题`,
  healthyRuledOut: (ruledOut, all) => `${all} 种已知原因中排除了 ${ruledOut} 种`,

  why: '原因',
  flaps: '状态抖动',
  flapTransitions: (n) => `Ready 变化 ${n} 次`,
  flapPeriod: (period) => `周期 ${period}`,
  flapRelist: (relist, calls) =>
    calls === null ? `对应 relist 耗时 ${relist}` : `对应 relist 耗时 ${relist}，即 ${calls} 次调用超时`,

  trigger: '触发因素',
  foretold: '预计',
  clauseSeparator: '；',
  clock: (time, from) => `${time} UTC（${from} 后）`,
  nextNotReady: (when, within) => `将于 ${when}变为 NotReady，误差约 ${within} 秒`,
  readyAgain: (when) => `将于 ${when}恢复 Ready`,

  whatToDo: '处理办法',
  works: '有效',
  doesNotWork: '无效',
  risk: '风险',
  nothingKnown: '暂无已知有效的办法。请先保存现场，再查看详情。',

  candidates: '候选原因',
  unexplained: '无法解释的现象',
  unexplainedNote: '已观察到，但没有找到原因',
  notExamined: '未检查的内容',
  notes: '说明',

  details: '详情',
  findingSource: '来源',
  sources: '未能完整读取',
  sourceStatus: {
    ok: '正常',
    partial: '部分读取',
    failed: '失败',
    timeout: '超时无响应',
    skipped: '已跳过',
  },

  reportTitle: (node) => `节点 ${node} 的诊断报告`,
  atFault: '问题所在',
  kind: '类型',
  name: '名称',
  identifiers: '标识',
  impact: '影响',
  evidence: '证据',
  observed: '观察到',
  readFrom: '读取自',
  useless: '无效的做法',
  seeYourself: '自行验证',
  statusWord: '状态',
  causeWord: '候选原因',
  reason: '理由',
  writtenBy: (tool) => `由 ${tool} 根据观察结果生成；相同的观察结果总会得到相同的报告。`,

  shownBy: '判断依据',
  ruledOutBy: '排除依据',
  confirm: '确认方法',
  references: '参考资料',

  more: {
    details: '详情',
    detailsCommand: '加 -v',
    explain: '了解该原因',
    save: '保存现场',
  },
};
