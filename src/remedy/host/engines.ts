import { parseEndpointAddress } from '../../probes/endpoints/address.ts';
import type { CallLimits, CallResult } from '../../runtimes/call-result.ts';
import { mapCall } from '../../runtimes/call-result.ts';

/** What an id names to a runtime. */
export type Found = 'container' | 'sandbox' | null;

/** As much of a container runtime as a removal needs. */
export interface Engine {
  /** Asks for lists only: they answer while a container hangs. */
  find(id: string, limits: CallLimits): Promise<CallResult<Found>>;
  remove(id: string, kind: Exclude<Found, null>, limits: CallLimits): Promise<CallResult<null>>;
  close(): void;
}

/** @param endpoint a unix socket @returns null where it is none */
export type OpenEngine = (engine: 'docker' | 'cri', endpoint: string) => Promise<Engine | null>;

/** Only what an engine needs is loaded; the socket is connected to at the first call. */
export const openEngine: OpenEngine = async (engine, endpoint) => {
  const address = parseEndpointAddress(endpoint);
  if (!address.ok) return null;
  return engine === 'docker' ? openDocker(address.path) : openCri(address.path);
};

async function openDocker(path: string): Promise<Engine> {
  const [{ DockerClient }, { DockerChanges }] = await Promise.all([
    import('../../runtimes/docker.ts'),
    import('../../runtimes/changes/docker.ts'),
  ]);
  const reader = new DockerClient(path);
  const writer = new DockerChanges(path);
  return {
    find: async (id, limits) =>
      mapCall(await reader.list(limits), (list): Found => (list.some((c) => c.Id === id) ? 'container' : null)),
    remove: (id, _, limits) => writer.remove(id, limits),
    close: () => {
      reader.close();
      writer.close();
    },
  };
}

async function openCri(path: string): Promise<Engine> {
  const [{ CriClient }, { CriChanges }] = await Promise.all([
    import('../../runtimes/cri.ts'),
    import('../../runtimes/changes/cri.ts'),
  ]);
  const reader = new CriClient(path);
  // Which version of the API is spoken, is known once something has been read.
  const change = async (
    limits: CallLimits,
    ...steps: readonly ((changes: InstanceType<typeof CriChanges>, limits: CallLimits) => Promise<CallResult<null>>)[]
  ): Promise<CallResult<null>> => {
    const changes = new CriChanges(path, reader.apiVersion ?? 'runtime.v1');
    const started = performance.now();
    let last: CallResult<null> = { outcome: 'ok', value: null, tookMs: 0, deadlineMs: limits.deadlineMs };
    for (const step of steps) {
      const deadlineMs = Math.max(0, limits.deadlineMs - (performance.now() - started));
      last = await step(changes, { ...limits, deadlineMs });
      if (last.outcome !== 'ok') break;
    }
    changes.close();
    return last;
  };
  return {
    find: async (id, limits) => {
      const [containers, sandboxes] = await Promise.all([
        reader.listContainers(limits),
        reader.listPodSandboxes(limits),
      ]);
      if (containers.outcome !== 'ok') return containers;
      return mapCall(sandboxes, ({ items }): Found => {
        if (containers.value.containers.some((container) => container.id === id)) return 'container';
        return items.some((sandbox) => sandbox.id === id) ? 'sandbox' : null;
      });
    },
    remove: (id, kind, limits) =>
      kind === 'container'
        ? change(
            limits,
            (c, l) => c.stopContainer(id, l),
            (c, l) => c.removeContainer(id, l),
          )
        : change(
            limits,
            (c, l) => c.stopPodSandbox(id, l),
            (c, l) => c.removePodSandbox(id, l),
          ),
    close: () => reader.close(),
  };
}
