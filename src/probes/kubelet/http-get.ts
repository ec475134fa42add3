import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { CallError, type CallLimits, type CallResult, timedCall } from '../../runtimes/call-result.ts';

/** A client certificate with its key, both PEM. */
export interface ClientIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export type HttpGet = (url: string, limits: CallLimits, identity?: ClientIdentity) => Promise<CallResult<HttpAnswer>>;

/** A node with a hundred pods gives some 2 MB; what is longer is cut, and the parser drops the last line. */
const MAX_BODY = 16 * 1_048_576;

/**
 * GETs from this machine's kubelet over TCP; any HTTP status is an answer. The serving certificate is not verified: a
 * kubelet signs its own, and nothing secret is sent (a client certificate proves itself without giving its key away,
 * which is why tokens are never sent here).
 */
export const httpGet: HttpGet = (url, limits, identity) =>
  timedCall(limits, async (signal) => {
    const response = await send(url, signal, identity);
    return { status: response.statusCode ?? 0, body: await readBody(response) };
  });

function send(url: string, signal: AbortSignal, identity: ClientIdentity | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const req = url.startsWith('https:')
      ? httpsRequest(url, { signal, agent: false, rejectUnauthorized: false, ...identity }, resolve)
      : httpRequest(url, { signal, agent: false }, resolve);
    req.once('error', reject);
    req.end();
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BODY) {
      response.destroy();
      break;
    }
  }
  if (length === 0 && !response.complete) throw new CallError('MALFORMED', 'the answer broke off');
  return Buffer.concat(chunks).toString('utf8');
}
