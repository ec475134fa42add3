import { say } from '../causes/support/say.ts';
import type { Text } from '../text/text.ts';
import type { EpisodeKind } from './episode.ts';

/** What an episode is called. */
export const EPISODE_TITLES: Readonly<Record<EpisodeKind, Text>> = {
  ready: say('Ready', 'Ready'),
  'not-ready': say('NotReady', 'NotReady'),
  'ready-unknown': say('Ready unknown', 'Ready 未知'),
  'pleg-stall': say('relist stalled', 'relist 停滞'),
  'calls-hung': say('calls hung', '调用卡住'),
  'calls-failed': say('calls failed', '调用失败'),
  'runtime-down': say('runtime reported down', '运行时被报告为不可用'),
  'container-died': say('container ended', '容器退出'),
  'crash-loop': say('crash loop', 'crash loop'),
  'kill-failed': say('could not be killed', '无法终止'),
  'pod-deleted': say('deleted', '被删除'),
  'pod-force-deleted': say('deleted by force', '被强制删除'),
  cordoned: say('cordoned', 'cordon'),
  drain: say('drain', 'drain'),
  eviction: say('evicted', '被驱逐'),
  'kubelet-started': say('kubelet started', 'kubelet 启动'),
  'runtime-started': say('runtime started', '运行时启动'),
  'daemon-failed': say('daemon failed', '守护进程失败'),
  'shim-lost': say('shim lost', 'shim 断开'),
  'network-not-ready': say('network not ready', '网络未就绪'),
  pressure: say('resources used up', '资源耗尽'),
  'hung-task': say('task hung in the kernel', '任务卡在内核中'),
  'oom-kill': say('OOM kill', 'OOM kill'),
  'storage-trouble': say('storage errors', '存储错误'),
  'cpu-stuck': say('CPU stuck', 'CPU 卡死'),
  'kernel-trouble': say('kernel trouble', '内核异常'),
  'api-unreachable': say('API server not reached', '无法访问 API server'),
};

/** An episode's title with whom it concerns. */
export function titleOf({ kind, subject }: { readonly kind: EpisodeKind; readonly subject: string | null }): Text {
  const title = EPISODE_TITLES[kind];
  return subject === null ? title : say(`${title.en}: ${subject}`, `${title.zh}：${subject}`);
}
