import { request } from 'node:http';
import { LabError } from '../errors.ts';

export interface NewContainer {
  readonly name?: string;
  readonly cmd?: readonly string[];
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly binds?: readonly string[];
  readonly restart?: 'no' | 'always';
  readonly memoryBytes?: number;
  readonly oomScoreAdj?: number;
}

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly RestartCount: number;
  readonly State: { readonly Status: string; readonly Pid: number; readonly ExitCode: number };
}

/** The few calls of the Docker Engine API with which a lab makes its containers. Reading them is the probes' work. */
export class DockerApi {
  readonly socket: string;

  constructor(socket: string) {
    this.socket = socket;
  }

  /** @throws LabError for an answer of 400 and more, or none within `timeoutMs` */
  call<T = unknown>(method: string, path: string, body?: unknown, timeoutMs = 30_000): Promise<T> {
    const payload = body instanceof Buffer ? body : body === undefined ? undefined : JSON.stringify(body);
    const headers =
      payload === undefined
        ? {}
        : {
            'content-type': body instanceof Buffer ? 'application/x-tar' : 'application/json',
            'content-length': Buffer.byteLength(payload),
          };
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const sent = request({ socketPath: this.socket, method, path, headers, signal }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = answer.statusCode ?? 0;
          if (status >= 400) reject(refused(method, path, status, text));
          else resolve(parse(text) as T);
        });
      });
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  async ping(): Promise<boolean> {
    return this.call('GET', '/_ping', undefined, 1000).then(
      () => true,
      () => false,
    );
  }

  async create(container: NewContainer): Promise<string> {
    const query = container.name === undefined ? '' : `?name=${encodeURIComponent(container.name)}`;
    const made = await this.call<{ Id: string }>('POST', `/containers/create${query}`, {
      Image: container.image ?? BUSYBOX,
      Cmd: container.cmd ?? SLEEP,
      Labels: container.labels ?? {},
      HostConfig: {
        NetworkMode: 'none',
        Binds: container.binds ?? [],
        RestartPolicy: { Name: container.restart ?? 'no' },
        Memory: container.memoryBytes ?? 0,
        OomScoreAdj: container.oomScoreAdj ?? 0,
      },
    });
    return made.Id;
  }

  async start(id: string): Promise<void> {
    await this.call('POST', `/containers/${id}/start`);
  }

  async run(container: NewContainer): Promise<string> {
    const id = await this.create(container);
    await this.start(id);
    return id;
  }

  inspect(id: string, timeoutMs = 10_000): Promise<Inspected> {
    return this.call('GET', `/containers/${id}/json`, undefined, timeoutMs);
  }

  /** Waits for no answer: on the container of a stuck process there may never be one. */
  stopInBackground(id: string, how: 'stop?t=0' | 'kill'): void {
    this.call('POST', `/containers/${id}/${how}`).then(ignore, ignore);
  }
}

export const BUSYBOX = 'notready-lab/busybox:1';
export const SLEEP = ['/bin/busybox', 'sleep', '1000000'] as const;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // An empty answer, `OK`, or a stream of progress objects.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function refused(method: string, path: string, status: number, text: string): LabError {
  const message = (parse(text) as { message?: string } | null)?.message ?? text;
  return new LabError({
    en: `dockerd answered ${status} to ${method} ${path}: ${message}`,
    zh: `dockerd 对 ${method} ${path} 返回 ${status}：${message}`,
  });
}

function ignore(): void {
  // Whether the stop succeeds is what the fault is about, not its precondition.
}
