import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { CallError, type CallLimits, type CallResult, timedCall } from '../runtimes/call-result.ts';
import type { Connection } from './connection.ts';
import { proxyFor } from './proxy.ts';

export interface KubeAnswer {
  readonly status: number;
  readonly body: string;
  /** What the other side's clock said, Unix ms to the second (the Date header); absent where it did not tell. */
  readonly date?: number;
  /** The body was longer than what was asked for, and is cut. */
  readonly cut: boolean;
}

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

const MAX_BODY = 16 * 1_048_576;
/** Connections at a time, to spare the server. */
const SOCKETS = 6;

/** @param env for HTTPS_PROXY and NO_PROXY, which count where the kubeconfig names no proxy */
export function createKubeClient(
  connection: Connection,
  env: Readonly<Record<string, string | undefined>>,
): KubeClient {
  const { server, tls, headers, proxyUrl } = connection;
  const secure = server.startsWith('https:');
  const proxy = proxyUrl ?? proxyFor(server, env);
  const options = {
    keepAlive: true,
    maxSockets: SOCKETS,
    ...(proxy === null ? {} : { proxyEnv: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } }),
  };
  const agent = secure ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
  const send = (path: string, own: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const request = (secure ? httpsRequest : httpRequest)(
        `${server}${path}`,
        // A redirect is not followed: credentials are for this server alone.
        { agent, signal, headers: { 'User-Agent': 'notready', ...own, ...headers } as Record<string, string> },
        resolve,
      );
      request.once('error', reject);
      request.end();
    });
  return {
    server,
    get: (path, { maxBytes = MAX_BODY, range, accept = 'application/json, */*', ...limits }) =>
      timedCall(limits, async (signal) => {
        const response = await send(path, { Accept: accept, ...(range ? { Range: range } : {}) }, signal);
        const status = response.statusCode ?? 0;
        return { status, ...dateOf(response), ...(await readBody(response, maxBytes)) };
      }),
    close: () => agent.destroy(),
  };
}

function dateOf({ headers }: IncomingMessage): Pick<KubeAnswer, 'date'> {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? {} : { date };
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Pick<KubeAnswer, 'body' | 'cut'>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      response.destroy();
      break;
    }
  }
  const cut = length > maxBytes;
  if (!cut && !response.complete) throw new CallError('MALFORMED', 'the answer broke off');
  return { body: Buffer.concat(chunks).toString('utf8'), cut };
}
