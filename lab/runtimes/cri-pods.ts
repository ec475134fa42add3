import { randomUUID } from 'node:crypto';
import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import type { CallResult } from '../../src/runtimes/call-result.ts';
import { CriClient } from '../../src/runtimes/cri.ts';
import { GrpcSocket } from '../../src/runtimes/grpc.ts';
import { LabError } from '../errors.ts';
import { BUSYBOX, type NewContainer, SLEEP } from './docker-api.ts';
import { RuntimeService } from './gen/cri-pods_pb.ts';

export interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly sandboxId: string;
  readonly containers: readonly PodContainer[];
}

export interface PodContainer {
  readonly name: string;
  readonly id: string;
  /** Its init on the host. */
  readonly pid: number;
}

const DEADLINE_MS = 30_000;
const NAMESPACE = 'default';

// NamespaceMode of api.proto
const CONTAINER_NAMESPACE = 1;
const NODE_NAMESPACE = 2;

/**
 * Makes pods over CRI as the kubelet does: sandbox, then each container. They use the host's network, for which no CNI
 * plugin is called: nothing of the host's network is touched.
 */
export class CriPods {
  readonly #grpc: GrpcSocket;
  readonly #reader: CriClient;
  readonly #cgroupParent: string;

  constructor(socket: string, cgroupParent: string) {
    this.#grpc = new GrpcSocket(socket);
    this.#reader = new CriClient(socket);
    this.#cgroupParent = cgroupParent;
  }

  async run(name: string, containers: readonly (NewContainer & { name: string })[]): Promise<Pod> {
    const uid = randomUUID();
    const sandbox = {
      metadata: { name, uid, namespace: NAMESPACE, attempt: 0 },
      labels: labels(name, uid),
      linux: {
        cgroupParent: this.#cgroupParent,
        securityContext: { namespaceOptions: { network: NODE_NAMESPACE, pid: CONTAINER_NAMESPACE } },
      },
    };
    const { podSandboxId } = await this.#call(RuntimeService.method.runPodSandbox, { config: sandbox });
    const made: PodContainer[] = [];
    for (const container of containers) {
      const { containerId } = await this.#call(RuntimeService.method.createContainer, {
        podSandboxId,
        sandboxConfig: sandbox,
        config: {
          metadata: { name: container.name, attempt: 0 },
          image: { image: `docker.io/${BUSYBOX}` },
          command: [...(container.cmd ?? SLEEP)],
          mounts: (container.binds ?? []).map(mount),
          labels: { ...labels(name, uid), 'io.kubernetes.container.name': container.name },
        },
      });
      await this.#call(RuntimeService.method.startContainer, { containerId });
      made.push({ name: container.name, id: containerId, pid: await this.pidOf(containerId) });
    }
    return { name, uid, sandboxId: podSandboxId, containers: made };
  }

  /** Asks for a sandbox with a network of its own, for which the CNI plugins are called. Never rejects. */
  askForNetworked(name: string): Promise<CallResult<unknown>> {
    const uid = randomUUID();
    const config = {
      metadata: { name, uid, namespace: NAMESPACE, attempt: 0 },
      labels: labels(name, uid),
      linux: { cgroupParent: this.#cgroupParent },
    };
    return this.#grpc.unary(RuntimeService.method.runPodSandbox, { config }, { deadlineMs: DEADLINE_MS });
  }

  /** Waits for no answer: for a stuck container there may never be one. */
  stopInBackground(containerId: string): void {
    void this.#grpc.unary(RuntimeService.method.stopContainer, { containerId, timeout: 0n }, { deadlineMs: 600_000 });
  }

  /** Of a container that ended, or runs and is ended by it. */
  async remove(containerId: string): Promise<void> {
    await this.#call(RuntimeService.method.removeContainer, { containerId });
  }

  close(): void {
    this.#grpc.close();
    this.#reader.close();
  }

  /** Of a container's init on the host. */
  async pidOf(containerId: string): Promise<number> {
    const { info } = said(
      'ContainerStatus',
      await this.#reader.containerStatus(containerId, { deadlineMs: DEADLINE_MS }),
    );
    return (JSON.parse(info.info ?? '{}') as { pid?: number }).pid ?? 0;
  }

  async #call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ): Promise<MessageShape<O>> {
    return said(method.name, await this.#grpc.unary(method, request, { deadlineMs: DEADLINE_MS }));
  }
}

function said<T>(call: string, result: CallResult<T>): T {
  if (result.outcome === 'ok') return result.value;
  const { code, message } = result;
  throw new LabError({ en: `CRI ${call}: ${code} ${message}`, zh: `CRI ${call}：${code} ${message}` });
}

/** As the kubelet sets them (pkg/kubelet/kuberuntime/labels.go). */
function labels(pod: string, uid: string): Record<string, string> {
  return {
    'io.kubernetes.pod.name': pod,
    'io.kubernetes.pod.namespace': NAMESPACE,
    'io.kubernetes.pod.uid': uid,
  };
}

/** From docker's way to write a bind, `/host:/container:ro`. */
function mount(bind: string): { hostPath: string; containerPath: string; readonly: boolean } {
  const [hostPath = '', containerPath = '', mode] = bind.split(':');
  return { hostPath, containerPath, readonly: mode === 'ro' };
}
