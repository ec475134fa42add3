import type { z } from 'zod';
import type { CallLimits, CallResult } from './call-result.ts';
import {
  type DockerInfo,
  type DockerInspected,
  type DockerListed,
  type DockerVersion,
  dockerInfo,
  dockerInspected,
  dockerList,
  dockerVersion,
} from './docker-records.ts';
import { HttpSocket } from './http.ts';
import { parseJson } from './json.ts';

const MIB = 1024 * 1024;

/**
 * The read-only part of the Docker Engine API that notready uses, over a unix socket. Paths carry no API version:
 * the daemon then answers in its own, so that one client serves them all.
 */
export class DockerClient {
  readonly #http: HttpSocket;

  constructor(socketPath: string) {
    this.#http = new HttpSocket(socketPath);
  }

  version(limits: CallLimits): Promise<CallResult<DockerVersion>> {
    return this.#get('/version', dockerVersion, limits, MIB);
  }

  info(limits: CallLimits): Promise<CallResult<DockerInfo>> {
    return this.#get('/info', dockerInfo, limits, 4 * MIB);
  }

  /** Every container, ended ones too. It takes no container's lock, so it answers while one of them hangs. */
  list(limits: CallLimits): Promise<CallResult<DockerListed[]>> {
    return this.#get('/containers/json?all=1', dockerList, limits, 32 * MIB);
  }

  /** It takes that container's lock, and hangs as long as another operation holds it (moby, daemon/inspect.go). */
  inspect(id: string, limits: CallLimits): Promise<CallResult<DockerInspected>> {
    return this.#get(`/containers/${encodeURIComponent(id)}/json`, dockerInspected, limits, 4 * MIB);
  }

  close(): void {
    this.#http.close();
  }

  async #get<T>(path: string, schema: z.ZodType<T>, limits: CallLimits, maxBytes: number): Promise<CallResult<T>> {
    const result = await this.#http.get(path, { ...limits, maxBytes });
    if (result.outcome !== 'ok') return result;
    const { tookMs, deadlineMs } = result;
    const parsed = schema.safeParse(parseJson(result.value));
    if (parsed.success) return { outcome: 'ok', value: parsed.data, tookMs, deadlineMs };
    const message = `not an answer of the Docker Engine API: ${result.value.slice(0, 200)}`;
    return { outcome: 'error', code: 'MALFORMED', message, tookMs, deadlineMs };
  }
}
