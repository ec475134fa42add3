import { z } from 'zod';
import type { Container, ContainerStatus, PodSandbox } from '../../runtimes/gen/cri_pb.ts';
import { parseJson } from '../../runtimes/json.ts';
import { parseKubernetesLabels, SANDBOX_NAME } from '../../runtimes/kubernetes-names.ts';
import type { ContainerDetail, ContainerState, ListedContainer } from './container-record.ts';

/** ContainerState by number. Source: k8s.io/cri-api, pkg/apis/runtime/v1/api.proto. */
const CONTAINER_STATES: readonly ContainerState[] = ['created', 'running', 'exited', 'unknown'];

/** Unix nanoseconds to ms; 0 means never. */
function fromNanoseconds(ns: bigint): number | null {
  return ns > 0n ? Number(ns / 1_000_000n) : null;
}

/** A sandbox in the words of all runtimes: ready ones run, the others have ended. */
export function fromCriSandbox(sandbox: PodSandbox): ListedContainer {
  const { metadata } = sandbox;
  const kubernetes = metadata && {
    namespace: metadata.namespace,
    pod: metadata.name,
    podUid: metadata.uid,
    container: SANDBOX_NAME,
    attempt: metadata.attempt,
  };
  return {
    id: sandbox.id,
    name: metadata?.name ?? sandbox.id.slice(0, 12),
    image: '',
    isSandbox: true,
    state: sandbox.state === 0 ? 'running' : 'exited',
    createdAt: fromNanoseconds(sandbox.createdAt),
    kubernetes: kubernetes ?? null,
    sandboxId: null,
  };
}

/** @param sandboxes by id; the pod is named by labels or, without them, by the sandbox */
export function fromCriContainer(
  container: Container,
  sandboxes: ReadonlyMap<string, ListedContainer>,
): ListedContainer {
  const { metadata, podSandboxId } = container;
  const pod = parseKubernetesLabels(container.labels) ?? sandboxes.get(podSandboxId)?.kubernetes ?? null;
  const name = metadata?.name ?? container.id.slice(0, 12);
  return {
    id: container.id,
    name,
    image: container.image?.image ?? '',
    isSandbox: false,
    state: CONTAINER_STATES[container.state] ?? 'unknown',
    createdAt: fromNanoseconds(container.createdAt),
    kubernetes: pod && { ...pod, container: name, attempt: metadata?.attempt ?? null },
    sandboxId: podSandboxId === '' ? null : podSandboxId,
  };
}

/** @param info of a verbose answer: JSON texts, of which `info` holds the pid in containerd and CRI-O */
export function fromCriStatus(status: ContainerStatus, info: Readonly<Record<string, string>>): ContainerDetail {
  const state = CONTAINER_STATES[status.state] ?? 'unknown';
  const ended = state === 'exited';
  return {
    state,
    pid: ended ? null : pidIn(info.info),
    startedAt: fromNanoseconds(status.startedAt),
    finishedAt: fromNanoseconds(status.finishedAt),
    exitCode: ended ? status.exitCode : null,
    restartCount: null,
    oomKilled: ended ? status.reason === 'OOMKilled' : null,
  };
}

const infoWithPid = z.object({ pid: z.number().int().positive() });

function pidIn(info: string | undefined): number | null {
  return infoWithPid.safeParse(parseJson(info ?? '')).data?.pid ?? null;
}
