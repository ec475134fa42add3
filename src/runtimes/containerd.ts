import type { CallLimits } from './call-result.ts';
import { Containers } from './gen/containerd-containers_pb.ts';
import { Namespaces } from './gen/containerd-namespaces_pb.ts';
import { Tasks } from './gen/containerd-tasks_pb.ts';
import { Version } from './gen/containerd-version_pb.ts';
import { GrpcSocket } from './grpc.ts';

/** Task states by number. Source: containerd, api/types/task/task.proto. */
const TASK_STATUS = ['UNKNOWN', 'CREATED', 'RUNNING', 'STOPPED', 'PAUSED', 'PAUSING'] as const;

/** containerd's word for a task state. UNKNOWN is also what it says where the shim does not answer it. */
export function taskStatusName(status: number): string {
  return TASK_STATUS[status] ?? `STATUS_${status}`;
}

/** The read-only part of containerd's own API. Source of the metadata key: containerd, pkg/namespaces/grpc.go. */
export class ContainerdClient {
  readonly #grpc: GrpcSocket;

  constructor(socketPath: string) {
    this.#grpc = new GrpcSocket(socketPath);
  }

  version(limits: CallLimits) {
    return this.#grpc.unary(Version.method.version, {}, limits);
  }

  namespaces(limits: CallLimits) {
    return this.#grpc.unary(Namespaces.method.list, {}, limits);
  }

  /** From its database: no shim is asked. */
  containers(namespace: string, limits: CallLimits) {
    return this.#grpc.unary(Containers.method.list, {}, inNamespace(namespace, limits));
  }

  /** Asks every shim of the namespace, one after the other, up to 2 s each (io.containerd.timeout.task.state). */
  tasks(namespace: string, limits: CallLimits) {
    return this.#grpc.unary(Tasks.method.list, {}, inNamespace(namespace, limits));
  }

  /** Asks one container's shim. */
  task(namespace: string, containerId: string, limits: CallLimits) {
    return this.#grpc.unary(Tasks.method.get, { containerId }, inNamespace(namespace, limits));
  }

  close(): void {
    this.#grpc.close();
  }
}

function inNamespace(namespace: string, limits: CallLimits) {
  return { ...limits, metadata: { 'containerd-namespace': namespace } };
}
