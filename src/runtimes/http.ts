import { Agent, type IncomingMessage, request } from 'node:http';
import { CallError, type CallLimits, type CallResult, timedCall } from './call-result.ts';

export interface GetOptions extends CallLimits {
  /** The answer is dropped, code TOO_LARGE, where it is longer. */
  readonly maxBytes: number;
}

/** HTTP over a unix socket, connections kept for the next call. */
export class HttpSocket {
  readonly #socketPath: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** GETs a path. A status of 400 and more is an `error` whose code is the status, such as `404`. */
  get(path: string, options: GetOptions): Promise<CallResult<string>> {
    return this.#call('GET', path, options);
  }

  /** As {@link get}, with DELETE: only for `changes/`. */
  delete(path: string, options: GetOptions): Promise<CallResult<string>> {
    return this.#call('DELETE', path, options);
  }

  /** Ends the idle connections; calls under way end by their own deadlines. */
  close(): void {
    this.#agent.destroy();
  }

  #call(method: 'GET' | 'DELETE', path: string, options: GetOptions): Promise<CallResult<string>> {
    return timedCall(options, async (signal) => {
      const response = await this.#send(method, path, signal);
      const body = await readBody(response, options.maxBytes);
      const status = response.statusCode ?? 0;
      if (status >= 400) throw new CallError(String(status), errorMessage(body));
      return body;
    });
  }

  #send(method: 'GET' | 'DELETE', path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const req = request(
        { socketPath: this.#socketPath, method, path, agent: this.#agent, signal, headers: { host: 'localhost' } },
        resolve,
      );
      req.once('error', reject);
      req.end();
    });
  }
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      response.destroy();
      throw new CallError('TOO_LARGE', `the answer is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Docker answers `{"message": "..."}` on errors. */
function errorMessage(body: string): string {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.){0,2000})/.exec(body)?.[1];
  return message?.replaceAll('\\"', '"') ?? body.slice(0, 500).trim();
}
