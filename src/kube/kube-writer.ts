import type { CallLimits, CallResult } from '../runtimes/call-result.ts';
import type { Connection } from './connection.ts';
import { type KubeClient, readerOver } from './kube-client.ts';
import { createTransport, type KubeAnswer } from './transport.ts';

/** What must still be so of an object for it to be deleted; the API server answers 409 where it is not. */
interface DeletePreconditions {
  readonly uid: string;
  readonly resourceVersion?: string;
}

interface DeleteRequest {
  readonly preconditions: DeletePreconditions;
  /** 0: out of the API server's mind at once. Where not given, the object's own. */
  readonly gracePeriodSeconds?: number;
}

/**
 * How a patch is read. Source: apimachinery/pkg/types/patch.go.
 * `strategic` merges lists by their keys (a node's taints by `key` alone, so it is not for them).
 */
type PatchKind = 'strategic' | 'merge' | 'json';

const PATCH_TYPES: Readonly<Record<PatchKind, string>> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};

/**
 * Reads and changes objects on one API server as one user. Only `src/remedy/` has it. Any HTTP status is an answer;
 * after a timeout of a change nobody knows whether it was made: look again before trying again.
 */
export interface KubeWriter extends KubeClient {
  patch(path: string, kind: PatchKind, patch: unknown, limits: CallLimits): Promise<CallResult<KubeAnswer>>;
  post(path: string, object: unknown, limits: CallLimits): Promise<CallResult<KubeAnswer>>;
  delete(path: string, request: DeleteRequest, limits: CallLimits): Promise<CallResult<KubeAnswer>>;
}

/** @param env as for {@link createKubeClient} */
export function createKubeWriter(
  connection: Connection,
  env: Readonly<Record<string, string | undefined>>,
): KubeWriter {
  const transport = createTransport(connection, env);
  const change = (
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: unknown,
    limits: CallLimits,
    type = 'application/json',
  ): Promise<CallResult<KubeAnswer>> => {
    const text = JSON.stringify(body);
    const length = String(Buffer.byteLength(text));
    const headers = { Accept: 'application/json', 'Content-Type': type, 'Content-Length': length };
    return transport.call({ method, path, headers, body: text, ...limits });
  };
  return {
    ...readerOver(transport),
    patch: (path, kind, patch, limits) => change('PATCH', path, patch, limits, PATCH_TYPES[kind]),
    post: (path, object, limits) => change('POST', path, object, limits),
    delete: (path, request, limits) =>
      change('DELETE', path, { apiVersion: 'v1', kind: 'DeleteOptions', ...request }, limits),
  };
}
