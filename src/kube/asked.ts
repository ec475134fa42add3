import type { CallResult } from '../runtimes/call-result.ts';
import { parseJson } from '../runtimes/json.ts';
import type { KubeAnswer } from './kube-client.ts';
import { apiOutcome, statusMessage } from './outcome.ts';

/** Why a question to an API server brought nothing, or not all. */
export interface Refused {
  readonly ok: false;
  /** `budget`: there was more than was asked for. */
  readonly why: 'no-permission' | 'stuck' | 'failed' | 'budget';
  readonly detail: string;
}

/** What a request brought, or why it brought nothing. */
export type Asked<T> = { readonly ok: true; readonly value: T } | Refused;

/** The JSON of an answer. @param right what RBAC must allow, as in `kubectl auth can-i get nodes` */
export function jsonAnswer(result: CallResult<KubeAnswer>, right: string): Asked<unknown> {
  const answer = okAnswer(result, right);
  if (!answer.ok) return answer;
  const value = parseJson(answer.value.body);
  if (value !== undefined) return { ok: true, value };
  return { ok: false, why: 'failed', detail: answer.value.cut ? 'the answer is too large' : 'the answer is no JSON' };
}

/** An answer of success; anything else is told by what it means for the question. */
export function okAnswer(result: CallResult<KubeAnswer>, right: string): Asked<KubeAnswer> {
  if (result.outcome !== 'ok') {
    return { ok: false, why: result.outcome === 'timeout' ? 'stuck' : 'failed', detail: apiOutcome(result).detail };
  }
  const { status, body } = result.value;
  if (status >= 200 && status < 300) return { ok: true, value: result.value };
  if (status === 403) return { ok: false, why: 'no-permission', detail: `HTTP 403; needs the right: ${right}` };
  if (status === 401) return { ok: false, why: 'no-permission', detail: 'HTTP 401: credentials not accepted' };
  return { ok: false, why: 'failed', detail: `HTTP ${status}: ${statusMessage(body)}` };
}
