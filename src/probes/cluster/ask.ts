import type { KubeAnswer, KubeClient, KubeGetOptions } from '../../kube/kube-client.ts';
import { apiOutcome, statusMessage } from '../../kube/outcome.ts';
import type { CallResult } from '../../runtimes/call-result.ts';
import { parseJson } from '../../runtimes/json.ts';
import type { GapReason } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';

/** What a request brought, or why it brought nothing. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: GapReason; readonly detail: string };

/** Deadline and end of one call of an examination. */
export function limitsOf({ host, options, signal, deadline }: ProbeContext): KubeGetOptions {
  return { deadlineMs: Math.min(options.callTimeoutMs, deadline - host.now()), signal };
}

/** How a person makes the same request. */
export function rawCommand(path: string): string {
  return `kubectl get --raw '${path.replaceAll("'", '%27')}'`;
}

/** GETs an object. @param right what RBAC must allow, as in `kubectl auth can-i get nodes` */
export async function askJson(
  context: ProbeContext,
  client: KubeClient,
  path: string,
  right: string,
): Promise<Asked<unknown>> {
  return jsonAnswer(await client.get(path, limitsOf(context)), right);
}

/** The JSON of an answer. */
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

/** How a source ends whose one request went like this. */
export function endOf(asked: Asked<unknown>): { status: 'ok' | 'failed' | 'timeout'; error?: string } {
  if (asked.ok) return { status: 'ok' };
  return { status: asked.why === 'stuck' ? 'timeout' : 'failed', error: asked.detail };
}
