import { kubePath } from '../../../kube/paths.ts';
import { parseJson } from '../../../runtimes/json.ts';
import type { Text } from '../../../text/text.ts';
import type { ClusterAct } from '../../act.ts';
import type { OnProgress, Outcome, StuckPod } from '../../outcome.ts';
import { type Calls, readAnswer } from '../calls.ts';
import { type ClusterNode, readClusterNode } from '../objects/node.ts';
import { type ClusterPod, nameOf } from '../objects/pod.ts';
import { type PolicyVersion, policyVersions } from '../policy-version.ts';
import { Evictions } from './evictions.ts';
import { explainStuck, stuckLine } from './explain.ts';
import { allBudgets, lostDaemonSets, podsOf } from './look.ts';
import type { Refusal } from './refusal.ts';
import { sortPods } from './sort-pods.ts';

type DrainAct = Extract<ClusterAct, { kind: 'drain' }>;

interface DrainOptions {
  readonly tell: OnProgress;
  readonly hungContainers: ReadonlySet<string>;
}

const LOOK_MS = 1000;
/** Kept for saying at the end why pods are stuck. */
const EXPLAINING_MS = 3000;

/**
 * Evicts the pods of a cordoned node, a few at a time, and waits until they are gone. All of its state is the API
 * server's, so that a drain that was cut off goes on by being asked for again. It ends early where waiting is of no use:
 * nothing is left but pods whose containers hang, or that may not be evicted.
 */
export async function drain(calls: Calls, act: DrainAct, options: DrainOptions): Promise<Outcome> {
  const node = await cordoned(calls, act.node);
  if ('status' in node) return node;
  const versions = await policyVersions(calls);
  if (versions === null) return calls.outcome('failed', noPolicy());
  const lost = await firstLook(calls, act);
  if ('status' in lost) return lost;
  return run(calls, { act, node, lost: lost.daemonSets, options, ...versions });
}

async function cordoned(calls: Calls, name: string): Promise<ClusterNode | Outcome> {
  const answer = readAnswer(await calls.client.get(kubePath.node(name), calls.limits()), 'get nodes');
  if (answer.is !== 'ok') {
    const text = 'text' in answer ? answer.text : { en: `there is no node ${name}`, zh: `没有名为 ${name} 的节点` };
    return calls.outcome(answer.is === 'not-found' ? 'refused' : 'failed', text);
  }
  const node = readClusterNode(parseJson(answer.body));
  if (node?.unschedulable === true) return node;
  return calls.outcome('refused', {
    en: `${name} is not cordoned: what is evicted could come back to it`,
    zh: `${name} 未 cordon：被驱逐的 Pod 可能又调度回来`,
  });
}

/** Nothing is evicted until it is clear that all may be. */
async function firstLook(
  calls: Calls,
  { node, consent }: DrainAct,
): Promise<Outcome | { readonly daemonSets: ReadonlySet<string> }> {
  const pods = await podsOf(calls, node);
  if ('ok' in pods) return calls.outcome('failed', { en: `pods: ${pods.detail}`, zh: `Pod：${pods.detail}` });
  const daemonSets = await lostDaemonSets(calls, pods);
  const { ask } = sortPods(pods, consent, daemonSets);
  if (ask.length === 0) return { daemonSets };
  const listed = (what: 'emptyDir' | 'unmanaged') =>
    ask
      .filter((a) => a.for === what)
      .map((a) => nameOf(a.pod))
      .join(', ');
  const [emptyDir, unmanaged] = [listed('emptyDir'), listed('unmanaged')];
  const parts: Text[] = [
    ...(emptyDir === '' ? [] : [{ en: `would lose an emptyDir: ${emptyDir}`, zh: `会丢失 emptyDir：${emptyDir}` }]),
    ...(unmanaged === '' ? [] : [{ en: `would come back nowhere: ${unmanaged}`, zh: `不会在别处重建：${unmanaged}` }]),
  ];
  return calls.outcome('refused', {
    en: `not agreed to, nothing was evicted; ${parts.map((p) => p.en).join('; ')}`,
    zh: `未获同意，未驱逐任何 Pod；${parts.map((p) => p.zh).join('；')}`,
  });
}

interface Drain {
  readonly act: DrainAct;
  readonly node: ClusterNode;
  readonly lost: ReadonlySet<string>;
  readonly budgets: PolicyVersion;
  readonly eviction: PolicyVersion;
  readonly options: DrainOptions;
}

async function run(calls: Calls, drainOf: Drain): Promise<Outcome> {
  const { act, lost, eviction, options } = drainOf;
  const evictions = new Evictions(calls, eviction, options.tell);
  let left: readonly ClusterPod[] | null = null;
  const reserveMs = Math.min(EXPLAINING_MS, calls.left() / 4);
  let isVain = false;
  while (!isVain && calls.left() > reserveMs) {
    const pods = await podsOf(calls, act.node);
    if (!('ok' in pods)) {
      const now = sortPods(pods, act.consent, lost);
      // One that came since, such as a DaemonSet's of before, needs consent no less: it is left and told of.
      const pending = [...now.evict, ...now.ask.map((a) => a.pod)];
      tellGone(left, pending, options.tell);
      left = pending;
      if (left.length === 0) return calls.outcome('done', drained(act.node));
      await evictions.round(now.evict);
      isVain = left.every((pod) => waitsInVain(pod, evictions.refusalOf(pod), calls.now(), options.hungContainers));
    }
    if (!isVain) await calls.pause(LOOK_MS);
  }
  return ended(calls, drainOf, { left, isVain }, evictions);
}

function tellGone(before: readonly ClusterPod[] | null, now: readonly ClusterPod[], tell: OnProgress): void {
  const uids = new Set(now.map((p) => p.uid));
  for (const pod of before ?? []) {
    if (!uids.has(pod.uid)) tell({ en: `${nameOf(pod)} is gone`, zh: `${nameOf(pod)} 已终止` });
  }
}

/** Whether a pod will not go however long one waits: its container hangs, or it may not be evicted. */
function waitsInVain(pod: ClusterPod, refusal: Refusal | null, now: number, hung: ReadonlySet<string>): boolean {
  if (pod.deletionRequestedAt === null) return refusal?.reason === 'no-permission';
  const isOver = now > pod.deletionRequestedAt + pod.graceSeconds * 1000;
  return isOver && pod.containers.some((c) => hung.has(c.id));
}

async function ended(
  calls: Calls,
  { act, node, budgets, options }: Drain,
  { left, isVain }: { readonly left: readonly ClusterPod[] | null; readonly isVain: boolean },
  evictions: Evictions,
): Promise<Outcome> {
  if (left === null) return calls.outcome('timed-out', { en: 'the pods could not be listed', zh: '无法列出 Pod' });
  const [numbers, seen] = await Promise.all([allBudgets(calls, budgets), cordoned(calls, act.node)]);
  const setting = {
    node: 'status' in seen ? node : seen,
    budgets: numbers,
    now: calls.now(),
    hungContainers: options.hungContainers,
  };
  const stuck = left.map((pod) => explainStuck(pod, evictions.refusalOf(pod), setting));
  return calls.outcome(isVain ? 'failed' : 'timed-out', stuckText(act.node, stuck), stuck);
}

function stuckText(node: string, stuck: readonly StuckPod[]): Text {
  const lines = stuck.map(stuckLine);
  return {
    en: `still on ${node}: ${lines.map((l) => l.en).join('; ')}`,
    zh: `仍在 ${node} 上：${lines.map((l) => l.zh).join('；')}`,
  };
}

function drained(node: string): Text {
  return {
    en: `no Pod is left on ${node} but those of DaemonSets and of its own manifests`,
    zh: `${node} 上只剩 DaemonSet 与静态 Pod`,
  };
}

function noPolicy(): Text {
  return {
    en: 'the API server does not say which version of its eviction API it has',
    zh: 'API server 未给出驱逐 API 的版本',
  };
}
