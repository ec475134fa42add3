import type { ContainerStatus, Pod, PodRef, PodStatus, SandboxStatus } from './pod.ts';
import type { RelistMeter } from './relist-meter.ts';
import type { Answer, CallLimits, CallName, Reply, Runtime } from './runtime.ts';
import type { Task } from './task.ts';

/**
 * Inspects a pod as the kubelet does: lists it anew, then asks for each sandbox and each container, one after the other;
 * the first call that fails fails it all. Source: GetPodStatus in pkg/kubelet/kuberuntime/kuberuntime_manager.go,
 * getPodContainerStatuses in kuberuntime_container.go @ v1.20.2.
 */
export function* inspectPod(
  runtime: Runtime,
  meter: RelistMeter,
  pod: PodRef,
  timeoutMs: number,
): Task<Answer<PodStatus>> {
  meter.notePods(1);
  const make = <T>(call: CallName, containerId: string | null, ask: (limits: CallLimits) => Reply<Answer<T>>) =>
    meter.inspect({ call, podUid: pod.uid, containerId }, timeoutMs, ask);
  const listed = yield* make<readonly Pod[]>('list', null, (limits) => runtime.listPods(limits, pod.uid));
  if (listed.outcome !== 'ok') return listed;
  const found = listed.value.find((p) => p.uid === pod.uid);
  const sandboxes: SandboxStatus[] = [];
  for (const { id } of found?.sandboxes ?? []) {
    const status = yield* make('sandbox-status', id, (limits) => runtime.sandboxStatus(id, limits));
    if (status.outcome !== 'ok') return status;
    sandboxes.push(status.value);
  }
  const containers: ContainerStatus[] = [];
  for (const { id } of found?.containers ?? []) {
    const status = yield* make('container-status', id, (limits) => runtime.containerStatus(id, limits));
    if (status.outcome !== 'ok') return status;
    containers.push(status.value);
  }
  return { outcome: 'ok', value: podStatus(pod, sandboxes, containers) };
}

/** Its addresses are those of its newest sandbox, while that is ready. */
export function podStatus(
  { uid, name, namespace }: PodRef,
  sandboxes: readonly SandboxStatus[],
  containers: readonly ContainerStatus[],
): PodStatus {
  const [newest] = sandboxes;
  return { uid, name, namespace, ips: newest?.ready ? newest.ips : [], sandboxes, containers };
}

/**
 * Keeps the addresses of a pod that ended: the network may be gone before its last status is read.
 * Source: getPodIPs in generic.go @ v1.20.2.
 */
export function withKeptIps(status: PodStatus, before: PodStatus | null): PodStatus {
  const keeps = status.ips.length === 0 && before !== null && !status.sandboxes.some((s) => s.ready);
  return keeps ? { ...status, ips: before.ips } : status;
}
