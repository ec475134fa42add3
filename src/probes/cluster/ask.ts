import { type Asked, jsonAnswer } from '../../kube/asked.ts';
import type { KubeClient, KubeGetOptions } from '../../kube/kube-client.ts';
import type { ProbeContext } from '../probe.ts';

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

/** How a source ends whose one request went like this. */
export function endOf(asked: Asked<unknown>): { status: 'ok' | 'failed' | 'timeout'; error?: string } {
  if (asked.ok) return { status: 'ok' };
  return { status: asked.why === 'stuck' ? 'timeout' : 'failed', error: asked.detail };
}
