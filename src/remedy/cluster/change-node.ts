import { kubePath } from '../../kube/paths.ts';
import { parseJson } from '../../runtimes/json.ts';
import type { Text } from '../../text/text.ts';
import type { Outcome } from '../outcome.ts';
import { type Answered, type Calls, readAnswer } from './calls.ts';
import { type ClusterNode, readClusterNode } from './objects/node.ts';

/** What is to be done to a node as it stands now. */
export type NodeDecision =
  | { readonly patch: Readonly<Record<string, unknown>>; readonly done: Text }
  | { readonly outcome: 'done' | 'refused'; readonly text: Text };

/** Between two tries. */
const RETRY_MS = 500;

/**
 * Reads a node and changes of it what `decide` says, provided that nobody changed it in between: then it is read and
 * decided anew. So is it after a call that did not come back, for the change may have been made.
 */
export async function changeNode(
  calls: Calls,
  name: string,
  decide: (node: ClusterNode) => NodeDecision,
): Promise<Outcome> {
  let last: Text = { en: 'not begun', zh: '尚未开始' };
  while (calls.left() > 0) {
    const step = await tryOnce(calls, name, decide);
    if (step.is === 'over') return calls.outcome(step.status, step.text);
    last = step.text;
    await calls.pause(RETRY_MS);
  }
  return calls.outcome('timed-out', last);
}

type Step =
  | { readonly is: 'over'; readonly status: Outcome['status']; readonly text: Text }
  | { readonly is: 'again'; readonly text: Text };

async function tryOnce(calls: Calls, name: string, decide: (node: ClusterNode) => NodeDecision): Promise<Step> {
  const path = kubePath.node(name);
  const read = readAnswer(await calls.client.get(path, calls.limits()), 'get nodes');
  if (read.is !== 'ok') return stepOf(read, name);
  const node = readClusterNode(parseJson(read.body));
  if (node === null)
    return { is: 'over', status: 'failed', text: { en: 'the answer is no node', zh: '返回的不是节点' } };
  const decision = decide(node);
  if ('outcome' in decision) return { is: 'over', status: decision.outcome, text: decision.text };
  // The API server answers 409 where another one goes by that name by now, or somebody changed it in between.
  const { uid, resourceVersion } = node;
  const patch = { ...decision.patch, metadata: { uid, resourceVersion } };
  const answer = readAnswer(await calls.client.patch(path, 'merge', patch, calls.limits()), 'patch nodes');
  return answer.is === 'ok' ? { is: 'over', status: 'done', text: decision.done } : stepOf(answer, name);
}

function stepOf(answer: Exclude<Answered, { is: 'ok' }>, name: string): Step {
  switch (answer.is) {
    case 'not-found':
      return { is: 'over', status: 'refused', text: { en: `there is no node ${name}`, zh: `没有名为 ${name} 的节点` } };
    case 'conflict':
      return {
        is: 'again',
        text: { en: `${name} was changed by others again and again`, zh: `${name} 不断被其他方修改` },
      };
    case 'passing':
      return { is: 'again', text: answer.text };
    case 'refused':
      return { is: 'over', status: 'failed', text: answer.text };
  }
}
