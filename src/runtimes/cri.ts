import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import type { CallLimits, CallResult } from './call-result.ts';
import { type ContainerEventResponse, RuntimeService } from './gen/cri_pb.ts';
import { GrpcSocket } from './grpc.ts';

/** Versions of the API, newest first: containerd 1.6 and later serve v1, older ones and dockershim v1alpha2. */
const VERSIONS = ['runtime.v1', 'runtime.v1alpha2'] as const;
export type CriVersion = (typeof VERSIONS)[number];

/** The read-only part of a CRI runtime service. Finds out by itself which version of the API is spoken, as the kubelet does. */
export class CriClient {
  readonly #grpc: GrpcSocket;
  #version: CriVersion | null = null;

  constructor(socketPath: string) {
    this.#grpc = new GrpcSocket(socketPath);
  }

  /** The API version that answered; null before the first answer. */
  get apiVersion(): CriVersion | null {
    return this.#version;
  }

  version(limits: CallLimits) {
    return this.#call(RuntimeService.method.version, {}, limits);
  }

  /** Conditions, and with them (verbose) what the runtime tells of its settings. */
  status(limits: CallLimits) {
    return this.#call(RuntimeService.method.status, { verbose: true }, limits);
  }

  listPodSandboxes(limits: CallLimits) {
    return this.#call(RuntimeService.method.listPodSandbox, {}, limits);
  }

  listContainers(limits: CallLimits) {
    return this.#call(RuntimeService.method.listContainers, {}, limits);
  }

  /** @param verbose only so do containerd and CRI-O tell the pid; the kubelet does not ask so */
  containerStatus(id: string, limits: CallLimits, verbose = true) {
    return this.#call(RuntimeService.method.containerStatus, { containerId: id, verbose }, limits);
  }

  /** Not verbose, as the kubelet asks: verbose makes containerd ask the shim. */
  podSandboxStatus(id: string, limits: CallLimits) {
    return this.#call(RuntimeService.method.podSandboxStatus, { podSandboxId: id, verbose: false }, limits);
  }

  /** What becomes of containers, as it happens. Only version 1 of the API has it. Settles as {@link GrpcSocket.stream}. */
  containerEvents(onEvent: (event: ContainerEventResponse) => void, signal: AbortSignal) {
    return this.#grpc.stream(RuntimeService.method.getContainerEvents, {}, { onMessage: onEvent, signal });
  }

  close(): void {
    this.#grpc.close();
  }

  async #call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    limits: CallLimits,
  ): Promise<CallResult<MessageShape<O>>> {
    const started = performance.now();
    const first = await this.#callVersion(this.#version ?? VERSIONS[0], method, request, limits);
    if (first.outcome === 'ok' || first.code !== 'UNIMPLEMENTED' || this.#version !== null) return first;
    const left = limits.deadlineMs - (performance.now() - started);
    const second = await this.#callVersion(VERSIONS[1], method, request, { ...limits, deadlineMs: left });
    return { ...second, tookMs: performance.now() - started, deadlineMs: limits.deadlineMs };
  }

  async #callVersion<I extends DescMessage, O extends DescMessage>(
    version: CriVersion,
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    limits: CallLimits,
  ): Promise<CallResult<MessageShape<O>>> {
    const result = await this.#grpc.unary(method, request, { ...limits, service: `${version}.RuntimeService` });
    if (result.outcome === 'ok') this.#version ??= version;
    return result;
  }
}
