import { kubePath } from '../../kube/paths.ts';
import { parseJson } from '../../runtimes/json.ts';
import type { Text } from '../../text/text.ts';
import type { PodRef } from '../act.ts';
import type { Outcome } from '../outcome.ts';
import { type Answered, type Calls, readAnswer } from './calls.ts';
import { type ClusterPod, nameOf, readClusterPod } from './objects/pod.ts';

const RETRY_MS = 1000;
const LOOK_MS = 200;

/** Deletes a pod's object at once, if it is still the one that is meant, and looks whether it is gone. */
export async function forceDeletePod(calls: Calls, pod: PodRef): Promise<Outcome> {
  let state: Again = { isAsked: false, text: { en: 'not begun', zh: '尚未开始' } };
  while (calls.left() > 0) {
    const next = await step(calls, pod, state.isAsked);
    if ('status' in next) return next;
    state = next;
    await calls.pause(state.isAsked ? LOOK_MS : RETRY_MS);
  }
  return calls.outcome('timed-out', state.text);
}

interface Again {
  /** The deletion was taken. */
  readonly isAsked: boolean;
  readonly text: Text;
}

async function step(calls: Calls, pod: PodRef, isAsked: boolean): Promise<Outcome | Again> {
  const seen = await look(calls, pod);
  if (seen.is === 'gone') return calls.outcome('done', isAsked ? gone(pod) : wasGone(pod));
  if (seen.is === 'over') return calls.outcome(seen.status, seen.text);
  if (seen.is === 'again') return { isAsked, text: seen.text };
  const held = isAsked ? finalizers(seen.pod) : null;
  if (held !== null) return calls.outcome('failed', held);
  const asked = await ask(calls, pod);
  if (asked.is === 'refused') return calls.outcome('failed', asked.text);
  const text = 'text' in asked ? asked.text : { en: `${nameOf(pod)} is still there`, zh: `${nameOf(pod)} 仍然存在` };
  return { isAsked: isAsked || asked.is === 'ok', text };
}

type Seen =
  | { readonly is: 'gone' }
  | { readonly is: 'there'; readonly pod: ClusterPod }
  | { readonly is: 'again'; readonly text: Text }
  | { readonly is: 'over'; readonly status: 'refused' | 'failed'; readonly text: Text };

async function look({ client, limits }: Calls, pod: PodRef): Promise<Seen> {
  const answer = readAnswer(await client.get(kubePath.pod(pod.namespace, pod.name), limits()), 'get pods');
  if (answer.is === 'not-found') return { is: 'gone' };
  if (answer.is === 'refused') return { is: 'over', status: 'failed', text: answer.text };
  if (answer.is !== 'ok') return { is: 'again', text: answer.is === 'passing' ? answer.text : wasGone(pod) };
  const seen = readClusterPod(parseJson(answer.body));
  if (seen === null || seen.uid !== pod.uid) return { is: 'gone' };
  return seen.isMirror ? { is: 'over', status: 'refused', text: mirrors(pod) } : { is: 'there', pod: seen };
}

async function ask({ client, limits }: Calls, { namespace, name, uid }: PodRef): Promise<Answered> {
  const request = { preconditions: { uid }, gracePeriodSeconds: 0 };
  return readAnswer(await client.delete(kubePath.pod(namespace, name), request, limits()), 'delete pods');
}

/** Source: apiserver registry/rest/delete.go: an object with finalizers stays, marked, until they are taken off. */
function finalizers({ finalizers: held, ...pod }: ClusterPod): Text | null {
  if (held.length === 0) return null;
  const names = held.join(', ');
  return {
    en: `${nameOf(pod)} is marked deleted, but stays until its finalizers are taken off: ${names}`,
    zh: `${nameOf(pod)} 已标记删除，但要等 finalizer 移除后才会消失：${names}`,
  };
}

function mirrors(pod: PodRef): Text {
  const name = nameOf(pod);
  return {
    en: `${name} mirrors a static Pod: its kubelet would make it anew, only its manifest on the node ends it`,
    zh: `${name} 是静态 Pod 的镜像：kubelet 会重新创建它，只有移走节点上的 manifest 才能结束它`,
  };
}

function gone(pod: PodRef): Text {
  return {
    en: `${nameOf(pod)} is out of the API server; its containers may go on running`,
    zh: `${nameOf(pod)} 已从 API server 移除；其容器可能仍在运行`,
  };
}

function wasGone(pod: PodRef): Text {
  return { en: `${nameOf(pod)} was gone already`, zh: `${nameOf(pod)} 此前已不存在` };
}
