import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { KubeAnswer } from '../../kube/kube-client.ts';
import type { KubeWriter } from '../../kube/kube-writer.ts';
import { apiOutcome, statusMessage } from '../../kube/outcome.ts';
import type { CallLimits, CallResult } from '../../runtimes/call-result.ts';
import { parseJson } from '../../runtimes/json.ts';
import type { Text } from '../../text/text.ts';
import type { Outcome, StuckPod } from '../outcome.ts';

/** The calls of one act: they share its deadline and its end. */
export interface Calls {
  readonly client: KubeWriter;
  /** Of the next call. */
  readonly limits: () => CallLimits;
  /** ms until the act's deadline; 0 when it was given up. */
  readonly left: () => number;
  /** Waits, but not beyond the deadline. */
  readonly pause: (ms: number) => Promise<void>;
  /** Unix ms. */
  readonly now: () => number;
  readonly outcome: (status: Outcome['status'], text: Text, stuck?: readonly StuckPod[]) => Outcome;
}

interface CallsOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly callTimeoutMs: number;
  readonly now: () => number;
}

export function createCalls(client: KubeWriter, { signal, deadlineMs, callTimeoutMs, now }: CallsOptions): Calls {
  const started = performance.now();
  const left = () => (signal.aborted ? 0 : Math.max(0, deadlineMs - (performance.now() - started)));
  return {
    client,
    left,
    now,
    limits: () => ({ deadlineMs: Math.min(callTimeoutMs, left()), signal }),
    pause: async (ms) => {
      const given = Math.min(ms, left());
      // Whoever waits asks `left` next, which is then 0.
      await sleep(given, undefined, { signal }).catch(() => undefined);
    },
    outcome: (status, text, stuck) => ({
      status,
      text,
      tookMs: performance.now() - started,
      ...(stuck === undefined ? {} : { stuck }),
    }),
  };
}

/** What an answer means for whoever wanted a change. */
export type Answered =
  | { readonly is: 'ok'; readonly body: string }
  /** `conflict`: what was to be changed is no more as it was. */
  | { readonly is: 'not-found' | 'conflict' }
  /** It may go better next time: the server is away, overloaded or not well. */
  | { readonly is: 'passing'; readonly text: Text; readonly answer: KubeAnswer | null }
  | { readonly is: 'refused'; readonly text: Text; readonly answer: KubeAnswer };

/** @param right as in `kubectl auth can-i patch nodes` */
export function readAnswer(result: CallResult<KubeAnswer>, right: string): Answered {
  if (result.outcome !== 'ok') {
    const { detail } = apiOutcome(result);
    return { is: 'passing', text: noAnswer(detail), answer: null };
  }
  const { status, body } = failureInside(result.value);
  if (status >= 200 && status < 300) return { is: 'ok', body };
  if (status === 404) return { is: 'not-found' };
  if (status === 409) return { is: 'conflict' };
  const said = `HTTP ${status}: ${statusMessage(body)}`;
  if (status === 429 || status >= 500) return { is: 'passing', text: noAnswer(said), answer: result.value };
  return { is: 'refused', text: status === 403 ? forbidden(right, said) : refusal(said), answer: result.value };
}

const failureSchema = z.object({ kind: z.literal('Status'), status: z.literal('Failure'), code: z.number() });

/**
 * A failure that came as HTTP 201, as that of an eviction with several budgets does: the code in it counts, as it does
 * for client-go. Source: pkg/registry/core/pod/storage/eviction.go @ v1.20.2, rtStatus; client-go/rest/request.go,
 * transformResponse.
 */
function failureInside(answer: KubeAnswer): KubeAnswer {
  if (answer.status >= 300 || !answer.body.includes('"Failure"')) return answer;
  const failure = failureSchema.safeParse(parseJson(answer.body));
  return failure.success ? { ...answer, status: failure.data.code } : answer;
}

function noAnswer(detail: string): Text {
  return { en: `the API server does not do it: ${detail}`, zh: `API server 未能执行：${detail}` };
}

function refusal(detail: string): Text {
  return { en: `the API server refuses: ${detail}`, zh: `API server 拒绝：${detail}` };
}

function forbidden(right: string, detail: string): Text {
  return {
    en: `not allowed: this needs the right "${right}" (${detail})`,
    zh: `无权限：需要 “${right}” 权限（${detail}）`,
  };
}
