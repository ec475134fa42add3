import type { CriClient } from '../../runtimes/cri.ts';
import type { ContainerEventResponse } from '../../runtimes/gen/cri_pb.ts';
import type { ContainerEvent, EventSource } from '../evented-pleg.ts';
import type { PodStatus } from '../pod.ts';
import type { Answer } from '../runtime.ts';
import { toContainerStatus, toSandboxStatus, unixMs } from './cri-runtime.ts';

/** ContainerEventType of the CRI, by number. Source: k8s.io/cri-api/pkg/apis/runtime/v1/api.proto. */
const TYPES: readonly ContainerEvent['type'][] = ['created', 'started', 'stopped', 'deleted'];

/** The stream of events of a CRI runtime: containerd 1.7, CRI-O 1.26 and later. Others say UNIMPLEMENTED. */
export class CriEvents implements EventSource {
  readonly #client: CriClient;
  readonly #closed = new AbortController();

  constructor(client: CriClient) {
    this.#client = client;
  }

  async watch(onEvent: (event: ContainerEvent) => void): Promise<Answer<null>> {
    const take = (message: ContainerEventResponse): void => {
      const event = toEvent(message);
      if (event !== null) onEvent(event);
    };
    const broke = await this.#client.containerEvents(take, this.#closed.signal);
    return broke === null
      ? { outcome: 'ok', value: null }
      : { outcome: 'error', code: broke.code, message: broke.message };
  }

  close(): void {
    this.#closed.abort();
    this.#client.close();
  }
}

/** @returns null for a type that this API did not have when this was written */
function toEvent(message: ContainerEventResponse): ContainerEvent | null {
  const type = TYPES[message.containerEventType];
  if (type === undefined) return null;
  const { containerId, createdAt } = message;
  return { type, containerId, createdAt: unixMs(createdAt) ?? 0, pod: toPodStatus(message) };
}

function toPodStatus({ podSandboxStatus: sandbox, containersStatuses }: ContainerEventResponse): PodStatus | null {
  if (sandbox?.metadata === undefined) return null;
  const { uid, name, namespace } = sandbox.metadata;
  const status = toSandboxStatus(sandbox.id, sandbox);
  return {
    uid,
    name,
    namespace,
    ips: status.ips,
    sandboxes: [status],
    containers: containersStatuses.map((c) => toContainerStatus(c.id, c)),
  };
}
