import type { CallLimits, CallResult } from '../runtimes/call-result.ts';
import type { Connection } from './connection.ts';
import { createTransport, type KubeAnswer, type KubeTransport } from './transport.ts';

export type { KubeAnswer };

export interface KubeGetOptions extends CallLimits {
  /** Of the body; 16 MiB where not given. */
  readonly maxBytes?: number;
  /** `bytes=-1048576`: only the end, where the other side can do that. */
  readonly range?: string;
  /** Media type; JSON where not given. */
  readonly accept?: string;
}

/** Reads from one API server as one user. It can do nothing but GET; any HTTP status is an answer. */
export interface KubeClient {
  readonly server: string;
  /** @param path `/api/v1/nodes/worker-1`, its parts encoded */
  get(path: string, options: KubeGetOptions): Promise<CallResult<KubeAnswer>>;
  /** Ends idle connections. */
  close(): void;
}

/** @param env for HTTPS_PROXY and NO_PROXY, which count where the kubeconfig names no proxy */
export function createKubeClient(
  connection: Connection,
  env: Readonly<Record<string, string | undefined>>,
): KubeClient {
  return readerOver(createTransport(connection, env));
}

/** What only reads, over connections that may be shared. */
export function readerOver(transport: KubeTransport): KubeClient {
  return {
    server: transport.server,
    get: (path, { range, accept = 'application/json, */*', ...limits }) => {
      const headers = { Accept: accept, ...(range ? { Range: range } : {}) };
      return transport.call({ method: 'GET', path, headers, ...limits });
    },
    close: () => transport.close(),
  };
}
