import { mapCall } from '../../runtimes/call-result.ts';
import type { CriClient } from '../../runtimes/cri.ts';
import type {
  Container as CriContainer,
  ContainerStatus as CriContainerStatus,
  PodSandbox,
  PodSandboxStatus,
  RuntimeStatus,
} from '../../runtimes/gen/cri_pb.ts';
import { parseKubernetesLabels, SANDBOX_NAME } from '../../runtimes/kubernetes-names.ts';
import type { ContainerState, ContainerStatus, Pod, SandboxStatus } from '../pod.ts';
import type { Answer, CallLimits, Runtime, RuntimeCondition, RuntimeConditions } from '../runtime.ts';
import { PodsBuilder } from './pods-builder.ts';

const SANDBOX_READY = 0;

/** ContainerState of the CRI, by number. Source: k8s.io/cri-api/pkg/apis/runtime/v1/api.proto. */
const CONTAINER_STATES: readonly ContainerState[] = ['created', 'running', 'exited', 'unknown'];

/** A runtime that speaks the CRI, v1 or v1alpha2, asked as the kubelet asks it. */
export class CriRuntime implements Runtime {
  readonly #client: CriClient;

  constructor(client: CriClient) {
    this.#client = client;
  }

  /** Sandboxes, then containers, as GetPods in pkg/kubelet/kuberuntime/kuberuntime_manager.go does; one deadline for both. */
  async listPods({ deadlineMs }: CallLimits, podUid?: string): Promise<Answer<readonly Pod[]>> {
    const sandboxes = await this.#client.listPodSandboxes({ deadlineMs });
    if (sandboxes.outcome !== 'ok') return sandboxes;
    const left = { deadlineMs: deadlineMs - sandboxes.tookMs };
    return mapCall(await this.#client.listContainers(left), ({ containers }) => {
      const pods = podsOf(sandboxes.value.items, containers);
      return podUid === undefined ? pods : pods.filter((p) => p.uid === podUid);
    });
  }

  async sandboxStatus(id: string, limits: CallLimits): Promise<Answer<SandboxStatus>> {
    return mapCall(await this.#client.podSandboxStatus(id, limits), ({ status }) => toSandboxStatus(id, status));
  }

  async containerStatus(id: string, limits: CallLimits): Promise<Answer<ContainerStatus>> {
    return mapCall(await this.#client.containerStatus(id, limits, false), ({ status }) =>
      toContainerStatus(id, status),
    );
  }

  async conditions(limits: CallLimits): Promise<Answer<RuntimeConditions>> {
    return mapCall(await this.#client.status(limits), ({ status }) => ({
      runtimeReady: condition(status, 'RuntimeReady'),
      networkReady: condition(status, 'NetworkReady'),
    }));
  }
}

function podsOf(sandboxes: readonly PodSandbox[], containers: readonly CriContainer[]): readonly Pod[] {
  const pods = new PodsBuilder();
  for (const { id, metadata, state } of sandboxes) {
    if (metadata === undefined) continue;
    const { uid, name, namespace, attempt } = metadata;
    const sandbox = { id, name: SANDBOX_NAME, state: sandboxState(state), attempt };
    pods.addSandbox({ uid, name, namespace }, sandbox);
  }
  for (const { id, metadata, labels, state } of containers) {
    const known = parseKubernetesLabels(labels);
    if (known === null || metadata === undefined) continue;
    const pod = { uid: known.podUid, name: known.pod, namespace: known.namespace };
    pods.addContainer(pod, { id, name: metadata.name, state: containerState(state), attempt: metadata.attempt });
  }
  return pods.build();
}

/** A sandbox that is not ready has ended. Source: SandboxToContainerState in pkg/kubelet/container/runtime.go @ v1.20.2. */
function sandboxState(state: number): ContainerState {
  return state === SANDBOX_READY ? 'running' : 'exited';
}

function containerState(state: number): ContainerState {
  return CONTAINER_STATES[state] ?? 'unknown';
}

/** As the status calls and the stream of events tell of it. */
export function toSandboxStatus(id: string, status: PodSandboxStatus | undefined): SandboxStatus {
  const network = status?.network;
  const ips = [network?.ip ?? '', ...(network?.additionalIps ?? []).map(({ ip }) => ip)].filter((ip) => ip !== '');
  return { id, ready: status?.state === SANDBOX_READY, ips };
}

/** As the status calls and the stream of events tell of it. */
export function toContainerStatus(id: string, status: CriContainerStatus | undefined): ContainerStatus {
  const state = containerState(status?.state ?? -1);
  return {
    id,
    name: status?.metadata?.name ?? '',
    state,
    exitCode: state === 'exited' ? (status?.exitCode ?? null) : null,
    startedAt: unixMs(status?.startedAt),
    finishedAt: unixMs(status?.finishedAt),
  };
}

/** From ns; 0 is no time. */
export function unixMs(ns: bigint | undefined): number | null {
  return ns === undefined || ns <= 0n ? null : Number(ns / 1_000_000n);
}

function condition(status: RuntimeStatus | undefined, type: string): RuntimeCondition | null {
  const found = status?.conditions.find((c) => c.type === type);
  return found === undefined ? null : { status: found.status, reason: found.reason, message: found.message };
}
