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

/** One request, whatever its verb. */
interface KubeRequest extends CallLimits {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/api/v1/nodes/worker-1`, its parts encoded */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the answer; 16 MiB where not given. */
  readonly maxBytes?: number | undefined;
}

/** Connections to one API server as one user, below those who know which verbs they may use. */
export interface KubeTransport {
  readonly server: string;
  call(request: KubeRequest): Promise<CallResult<KubeAnswer>>;
  /** Ends idle connections. */
  close(): void;
}

const MAX_BODY = 16 * 1_048_576;
/** Connections at a time, to spare the server. */
const SOCKETS = 6;

/** @param env for HTTPS_PROXY and NO_PROXY, which count where the kubeconfig names no proxy */
export function createTransport(
  connection: Connection,
  env: Readonly<Record<string, string | undefined>>,
): KubeTransport {
  const { server, tls, headers: own, proxyUrl } = connection;
  const secure = server.startsWith('https:');
  const proxy = proxyUrl ?? proxyFor(server, env);
  const options = {
    keepAlive: true,
    maxSockets: SOCKETS,
    ...(proxy === null ? {} : { proxyEnv: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } }),
  };
  const agent = secure ? new HttpsAgent({ ...options, ...tls }) : new HttpAgent(options);
  const send = ({ method, path, headers, body }: KubeRequest, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      // A redirect is not followed: credentials are for this server alone.
      const all = { 'User-Agent': 'notready', ...headers, ...own } as Record<string, string>;
      const request = (secure ? httpsRequest : httpRequest)(
        `${server}${path}`,
        { agent, signal, method, headers: all },
        resolve,
      );
      request.once('error', reject);
      request.end(body);
    });
  return {
    server,
    call: (request) =>
      timedCall(request, async (signal) => {
        const response = await send(request, signal);
        const body = await readBody(response, request.maxBytes ?? MAX_BODY);
        return { status: response.statusCode ?? 0, ...dateOf(response), ...body };
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
