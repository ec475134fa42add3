import type { KubeAnswer } from '../../../src/kube/kube-client.ts';
import type { KubeWriter } from '../../../src/kube/kube-writer.ts';
import type { CallLimits, CallResult } from '../../../src/runtimes/call-result.ts';

type Json = Readonly<Record<string, unknown>>;

interface Call {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body: Json;
}

/** An answer; `null` for none at all. */
type Answer = { readonly status?: number; readonly json: unknown } | null;

interface StandIn {
  readonly client: KubeWriter;
  /** `PATCH /api/v1/nodes/worker-1`, in order; reads left out. */
  readonly changes: Call[];
}

/** In place of an API server: `answer` sees every call, its query apart. */
export function standInCluster(answer: (call: Call) => Answer): StandIn {
  const changes: Call[] = [];
  const call = async (
    method: Call['method'],
    path: string,
    body: unknown,
    limits: CallLimits,
  ): Promise<CallResult<KubeAnswer>> => {
    const asked: Call = { method, path: path.split('?')[0] ?? '', body: body as Json };
    if (method !== 'GET') changes.push(asked);
    const { deadlineMs } = limits;
    const found = answer(asked);
    if (found === null) return { outcome: 'error', code: 'ECONNREFUSED', message: 'gone', tookMs: 1, deadlineMs };
    const { status = 200, json } = found;
    return { outcome: 'ok', value: { status, body: JSON.stringify(json), cut: false }, tookMs: 1, deadlineMs };
  };
  const client: KubeWriter = {
    server: 'https://10.0.0.1:6443',
    close: () => undefined,
    get: (path, limits) => call('GET', path, {}, limits),
    patch: (path, _, patch, limits) => call('PATCH', path, patch, limits),
    post: (path, object, limits) => call('POST', path, object, limits),
    delete: (path, request, limits) => call('DELETE', path, request, limits),
  };
  return { client, changes };
}

/** As kube-apiserver writes a failure. */
export function failure(code: number, message: string, causes: readonly Json[] = []): NonNullable<Answer> {
  return { status: code, json: { kind: 'Status', status: 'Failure', message, details: { causes }, code } };
}

export function list(...items: unknown[]): NonNullable<Answer> {
  return { json: { kind: 'List', metadata: {}, items } };
}
