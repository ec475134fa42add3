import { shellCommand } from '../../../text/shell.ts';
import type { Text } from '../../../text/text.ts';
import { formatDuration } from '../../../text/units.ts';
import type { StuckPod, StuckReason } from '../../outcome.ts';
import { type Budget, budgetsOf } from '../objects/budget.ts';
import type { ClusterNode } from '../objects/node.ts';
import { type ClusterPod, nameOf } from '../objects/pod.ts';
import { bypassBudget, forceDelete, removeFinalizers } from './forced.ts';
import type { Refusal } from './refusal.ts';
import { NEXT, refusalWhy } from './stuck-texts.ts';

/** What is known when a drain's pod does not go. */
export interface Setting {
  readonly node: ClusterNode;
  readonly budgets: readonly Budget[];
  /** Unix ms, by the clock that `deletionRequestedAt` can be held against. */
  readonly now: number;
  /** Whole ids of the containers that the diagnosis found hung. */
  readonly hungContainers: ReadonlySet<string>;
}

/**
 * The kubelet kills with SIGKILL when the grace period is over, and then tells the API server within seconds.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_container.go, killContainer: at least 2 s.
 */
const CONFIRMATION_MS = 10_000;

/** Why a pod is still there. @param refusal of its eviction, the last; null where it was granted or not asked for */
export function explainStuck(pod: ClusterPod, refusal: Refusal | null, setting: Setting): StuckPod {
  const { namespace, name, uid } = pod;
  const found = pod.deletionRequestedAt !== null ? ending(pod, setting) : notGranted(pod, refusal, setting);
  return { pod: { namespace, name, uid }, ...found };
}

type Found = Omit<StuckPod, 'pod'>;

function notGranted(pod: ClusterPod, refusal: Refusal | null, { budgets }: Setting): Found {
  if (refusal === null) {
    const why = { en: 'its turn to be evicted has not come', zh: '尚未轮到驱逐它' };
    return { reason: 'not-tried', why, next: NEXT['not-tried'], nextCommand: null, forced: null };
  }
  const { reason } = refusal;
  if (reason === 'budget-exhausted') return exhausted(pod, budgetsOf(pod, budgets), refusal);
  const own = shellCommand('kubectl', '-n', pod.namespace, 'get', 'pdb');
  const nextCommand = reason === 'several-budgets' || reason === 'budget-not-counted' ? own : null;
  const isOfBudget = reason === 'several-budgets' || reason === 'budget-not-counted';
  return {
    reason,
    why: refusalWhy(refusal),
    next: NEXT[reason],
    nextCommand,
    forced: isOfBudget ? bypassBudget(pod) : null,
  };
}

function exhausted(pod: ClusterPod, budgets: readonly Budget[], { said }: Refusal): Found {
  const budget = budgets.find((b) => b.disruptionsAllowed <= 0) ?? budgets[0];
  const forced = bypassBudget(pod);
  if (budget === undefined) {
    const why = { en: `its disruption budget: ${said}`, zh: `受其 PodDisruptionBudget 限制：${said}` };
    return { reason: 'budget-exhausted', why, next: NEXT['budget-exhausted'], nextCommand: null, forced };
  }
  const { namespace, name, currentHealthy: has, desiredHealthy: needs, expectedPods: of } = budget;
  const why = {
    en: `budget ${name} allows no disruption now: ${has} of ${of} pods healthy, ${needs} needed`,
    zh: `PodDisruptionBudget ${name} 当前不允许中断：共 ${of} 个 Pod，健康 ${has} 个，至少需要 ${needs} 个`,
  };
  // As many needed as there are: no eviction will ever be granted, however healthy they all are.
  const next = needs >= of ? NEXT['budget-never'] : NEXT['budget-exhausted'];
  const nextCommand = shellCommand('kubectl', '-n', namespace, 'describe', 'pdb', name);
  return { reason: 'budget-exhausted', why, next, nextCommand, forced };
}

/** Evicted, and not gone. */
function ending(pod: ClusterPod, { node, now, hungContainers }: Setting): Found {
  const asked = pod.deletionRequestedAt ?? now;
  const waited = formatDuration(Math.max(0, now - asked));
  const graceLeft = asked + pod.graceSeconds * 1000 + CONFIRMATION_MS - now;
  const hung = pod.containers.filter((c) => hungContainers.has(c.id)).map((c) => c.name);
  if (isConfirmed(pod) && pod.finalizers.length > 0) return finalized(pod);
  if (graceLeft > 0 && hung.length === 0) return inGrace(pod, waited);
  const make = (reason: StuckReason & keyof typeof NEXT, why: Text): Found => ({
    reason,
    why,
    next: NEXT[reason],
    nextCommand: null,
    forced: forceDelete(pod, node),
  });
  if (hung.length > 0) {
    const names = hung.join(', ');
    return make('container-hung', {
      en: `the kubelet cannot stop ${names}, which the diagnosis found hung; asked ${waited} ago`,
      zh: `kubelet 无法停止诊断中已判定卡死的容器 ${names}；${waited} 前已请求终止`,
    });
  }
  const status = node.ready?.status ?? 'Unknown';
  if (status !== 'True') {
    return make('node-not-ready', {
      en: `asked to end ${waited} ago, grace period ${pod.graceSeconds} s; ${node.name} is Ready=${status} and does not confirm it`,
      zh: `${waited} 前已请求终止，宽限期 ${pod.graceSeconds} 秒；${node.name} 为 Ready=${status}，未确认已终止`,
    });
  }
  return make('not-confirmed', {
    en: `asked to end ${waited} ago, grace period ${pod.graceSeconds} s; the kubelet of ${node.name} has not confirmed it`,
    zh: `${waited} 前已请求终止，宽限期 ${pod.graceSeconds} 秒；${node.name} 的 kubelet 尚未确认`,
  });
}

/** The kubelet deletes with a grace period of 0 when all is over. Source: pkg/kubelet/status/status_manager.go, syncPod. */
function isConfirmed({ graceSeconds }: ClusterPod): boolean {
  return graceSeconds === 0;
}

function inGrace(pod: ClusterPod, waited: string): Found {
  const why = {
    en: `asked to end ${waited} ago, its grace period is ${pod.graceSeconds} s`,
    zh: `${waited} 前已请求终止，宽限期为 ${pod.graceSeconds} 秒`,
  };
  return { reason: 'grace-period', why, next: NEXT['grace-period'], nextCommand: null, forced: null };
}

function finalized(pod: ClusterPod): Found {
  const names = pod.finalizers.join(', ');
  return {
    reason: 'finalizer',
    why: { en: `kept by its finalizers: ${names}`, zh: `被 finalizer 保留：${names}` },
    next: NEXT.finalizer,
    nextCommand: shellCommand('kubectl', '-n', pod.namespace, 'get', 'pod', pod.name, '-o', 'yaml'),
    forced: removeFinalizers(pod),
  };
}

/** One line a pod. */
export function stuckLine({ pod, why }: StuckPod): Text {
  return { en: `${nameOf(pod)}: ${why.en}`, zh: `${nameOf(pod)}：${why.zh}` };
}
