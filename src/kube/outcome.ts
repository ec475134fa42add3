import type { FactOf } from '../evidence/observation.ts';
import type { CallResult } from '../runtimes/call-result.ts';
import { harmlessLine } from '../text/untrusted.ts';
import type { KubeAnswer } from './kube-client.ts';

type Outcome = FactOf<'api-server'>['outcome'];

/** OpenSSL's and Node.js' codes for a certificate or handshake that does not do. Source: Node.js tls, ERR_TLS_*, X509 error codes. */
const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|EPROTO$)/;

/** What a call to an API server says of the way there. */
export function apiOutcome(result: CallResult<KubeAnswer>): { readonly outcome: Outcome; readonly detail: string } {
  if (result.outcome === 'ok') return answered(result.value);
  const detail = `${result.code}: ${harmlessLine(result.message, 300)}`;
  if (result.outcome === 'timeout') return { outcome: 'timeout', detail };
  if (result.code === 'ECONNREFUSED') return { outcome: 'refused', detail };
  return { outcome: TLS.test(result.code) ? 'tls-failed' : 'unreachable', detail };
}

function answered({ status, body }: KubeAnswer): { outcome: Outcome; detail: string } {
  const detail = status < 400 ? `HTTP ${status}` : `HTTP ${status}: ${statusMessage(body)}`;
  if (status === 401) return { outcome: 'rejected', detail };
  return { outcome: status >= 500 || status === 429 ? 'unhealthy' : 'ok', detail };
}

/** `message` of a Status object, which the API server answers errors with; else the start of the text. */
export function statusMessage(body: string): string {
  const message = /^\s*\{/.test(body) ? /"message"\s*:\s*"((?:[^"\\]|\\.){0,500})/.exec(body)?.[1] : undefined;
  return harmlessLine((message?.replaceAll('\\"', '"') ?? body).trim(), 300);
}

/** How far the API server's clock is ahead of ours by an answer that came just now; nothing where it told no time. */
export function clockAhead(result: CallResult<KubeAnswer>, now: number): { readonly clockAheadMs?: number } {
  const date = result.outcome === 'ok' ? result.value.date : undefined;
  // It was written somewhere within the call, and within the second that it names.
  return date === undefined ? {} : { clockAheadMs: Math.round(date + 500 - (now - result.tookMs / 2)) };
}
