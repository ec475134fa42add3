import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { type CallLimits, type CallResult, mapCall } from '../call-result.ts';
import type { CriVersion } from '../cri.ts';
import { RuntimeService } from '../gen/cri_pb.ts';
import { GrpcSocket } from '../grpc.ts';

/**
 * The calls of a CRI runtime service that change something. All of them do nothing, and are `ok`, where there is no such
 * container or sandbox. containerd gives a call up at the deadline that goes with it; what it killed stays killed.
 */
export class CriChanges {
  readonly #grpc: GrpcSocket;
  readonly #service: string;

  /** @param version as `CriClient` found it: a call that changes something is not tried out in two versions */
  constructor(socketPath: string, version: CriVersion) {
    this.#grpc = new GrpcSocket(socketPath);
    this.#service = `${version}.RuntimeService`;
  }

  /** SIGKILL at once, and waits for its end. */
  stopContainer(containerId: string, limits: CallLimits): Promise<CallResult<null>> {
    return this.#call(RuntimeService.method.stopContainer, { containerId, timeout: 0n }, limits);
  }

  removeContainer(containerId: string, limits: CallLimits): Promise<CallResult<null>> {
    return this.#call(RuntimeService.method.removeContainer, { containerId }, limits);
  }

  /** Kills its containers, too, and calls the CNI plugins to take its network down. */
  stopPodSandbox(podSandboxId: string, limits: CallLimits): Promise<CallResult<null>> {
    return this.#call(RuntimeService.method.stopPodSandbox, { podSandboxId }, limits);
  }

  removePodSandbox(podSandboxId: string, limits: CallLimits): Promise<CallResult<null>> {
    return this.#call(RuntimeService.method.removePodSandbox, { podSandboxId }, limits);
  }

  close(): void {
    this.#grpc.close();
  }

  async #call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    limits: CallLimits,
  ): Promise<CallResult<null>> {
    const result: CallResult<MessageShape<O>> = await this.#grpc.unary(method, request, {
      ...limits,
      service: this.#service,
    });
    return mapCall(result, () => null);
  }
}
