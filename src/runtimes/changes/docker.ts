import { type CallLimits, type CallResult, mapCall } from '../call-result.ts';
import { HttpSocket } from '../http.ts';

const MIB = 1024 * 1024;

/** The calls of the Docker Engine API that change something. */
export class DockerChanges {
  readonly #http: HttpSocket;

  constructor(socketPath: string) {
    this.#http = new HttpSocket(socketPath);
  }

  /**
   * Kills and removes a container; its anonymous volumes stay. dockerd goes on with it after we gave up: it takes no
   * notice of a closed connection (moby, daemon/delete.go). 404: there is none. 409: a removal is under way already.
   */
  remove(id: string, limits: CallLimits): Promise<CallResult<null>> {
    const path = `/containers/${encodeURIComponent(id)}?force=1`;
    return this.#http.delete(path, { ...limits, maxBytes: MIB }).then((result) => mapCall(result, () => null));
  }

  close(): void {
    this.#http.close();
  }
}
