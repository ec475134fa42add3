import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubePath } from '../../../src/kube/paths.ts';
import type { RefusalReason } from '../../../src/remedy/cluster/capacity/refusal.ts';
import { LIMITS, objectOf, type RemedyScene } from './scene.ts';

/** What the real scheduler did with a pod. */
export type Decision =
  | { readonly node: string }
  /** Its own words: `0/3 nodes are available: 1 Insufficient cpu, ...` */
  | { readonly refused: string };

interface PodObject {
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[];
  };
}

export async function untilDecided({ admin }: RemedyScene, name: string): Promise<Decision> {
  for (let i = 0; i < 400; i++) {
    const { spec, status } = objectOf<PodObject>(await admin.get(kubePath.pod('default', name), LIMITS));
    if (spec.nodeName) return { node: spec.nodeName };
    const scheduled = status.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
    if (scheduled?.reason === 'Unschedulable') return { refused: scheduled.message ?? '' };
    await sleep(25);
  }
  return assert.fail(`the scheduler says nothing of ${name}`);
}

/** Source: the reasons in pkg/scheduler/framework/plugins @ v1.20.2. */
const WORDS: readonly (readonly [RegExp, RefusalReason])[] = [
  [/^node\(s\) were unschedulable$/, 'unschedulable'],
  [/^node\(s\) had taint \{/, 'taint'],
  [/^node\(s\) didn't match Pod's node affinity$/, 'node-affinity'],
  [/^node\(s\) didn't have free ports/, 'host-port'],
  [/^(?:Insufficient cpu|Too many pods)$/, 'resource'],
  [/^node\(s\) had volume node affinity conflict$/, 'volume-elsewhere'],
  [/^node\(s\) didn't match pod topology spread constraints/, 'topology-spread'],
  [/^node\(s\) didn't match pod affinity rules$/, 'pod-affinity'],
  [/^node\(s\) didn't match pod anti-affinity rules$/, 'pod-anti-affinity'],
  [/^node\(s\) didn't satisfy existing pods anti-affinity rules$/, 'others-anti-affinity'],
];

/** Nodes by reason, as a scheduler's sentence has them. */
export function countReasons(refused: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  const text = refused.replace(/^\d+\/\d+ nodes are available: /, '').replace(/\.$/, '');
  for (const [, n = '', words = ''] of text.matchAll(/(\d+) (.+?)(?=, \d+ |$)/g)) {
    const reason = WORDS.find(([pattern]) => pattern.test(words))?.[1];
    // Said of each node beside the rule that it is about.
    if (reason === undefined && words === "node(s) didn't match pod affinity/anti-affinity") continue;
    const key = reason ?? words;
    counts[key] = (counts[key] ?? 0) + Number(n);
  }
  return counts;
}
