import type { ContainerEvent, EventSource } from '../evented-pleg.ts';
import type { Answer, Runtime } from '../runtime.ts';

/** What an endpoint speaks: the Docker Engine API, or the CRI. */
export type RuntimeKind = 'docker' | 'cri';

export interface OpenRuntime extends Runtime {
  close(): void;
}

/**
 * Only what the kind needs is loaded; the endpoint is connected to at the first call.
 * @param endpoint `unix:///run/containerd/containerd.sock`, or the path alone
 */
export async function openRuntime(kind: RuntimeKind, endpoint: string): Promise<OpenRuntime> {
  const path = socketPath(endpoint);
  return kind === 'docker' ? openDocker(path) : openCri(path);
}

export interface OpenEventSource extends EventSource {
  watch(onEvent: (event: ContainerEvent) => void): Promise<Answer<null>>;
  /** Ends the stream. */
  close(): void;
}

/** A CRI runtime's stream of events; one that has none ends at once with the code UNIMPLEMENTED. */
export async function openEventSource(endpoint: string): Promise<OpenEventSource> {
  const [{ CriClient }, { CriEvents }] = await Promise.all([
    import('../../runtimes/cri.ts'),
    import('./cri-events.ts'),
  ]);
  return new CriEvents(new CriClient(socketPath(endpoint)));
}

/** `unix:///run/containerd/containerd.sock` as a path. */
function socketPath(endpoint: string): string {
  return endpoint.replace(/^unix:\/\//, '');
}

async function openDocker(path: string): Promise<OpenRuntime> {
  const [{ DockerClient }, { DockerRuntime }] = await Promise.all([
    import('../../runtimes/docker.ts'),
    import('./docker-runtime.ts'),
  ]);
  const client = new DockerClient(path);
  return closable(new DockerRuntime(client), client);
}

async function openCri(path: string): Promise<OpenRuntime> {
  const [{ CriClient }, { CriRuntime }] = await Promise.all([
    import('../../runtimes/cri.ts'),
    import('./cri-runtime.ts'),
  ]);
  const client = new CriClient(path);
  return closable(new CriRuntime(client), client);
}

function closable(runtime: Runtime, client: { close(): void }): OpenRuntime {
  return {
    listPods: (limits, podUid) => runtime.listPods(limits, podUid),
    sandboxStatus: (id, limits) => runtime.sandboxStatus(id, limits),
    containerStatus: (id, limits) => runtime.containerStatus(id, limits),
    conditions: (limits) => runtime.conditions(limits),
    close: () => client.close(),
  };
}
