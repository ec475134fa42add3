import { BUSYBOX, SLEEP } from '../runtimes/docker-api.ts';
import { until } from '../wait.ts';
import type { Cluster } from './cluster.ts';

/** The pods of scenarios. */
export const NAMESPACE = 'default';

export interface PodContainer {
  readonly name: string;
  readonly command?: readonly string[];
  readonly image?: string;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

export interface PodStatus {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status: {
    readonly phase?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount: number;
  /** `docker://...`, `containerd://...` */
  readonly containerID?: string;
  readonly state: {
    readonly running?: { readonly startedAt: string };
    readonly waiting?: { readonly reason?: string };
  };
}

/** A container that fails as soon as it starts. */
export const CRASHING: PodContainer = {
  name: 'crashing',
  command: ['/bin/busybox', 'sh', '-c', 'echo cannot read the configuration; exit 1'],
};

/** Creates a pod; it shares the host's network, for the lab brings none of its own. */
export function createPod(
  cluster: Cluster,
  name: string,
  containers: readonly PodContainer[],
  hostPaths: Readonly<Record<string, string>> = {},
): Promise<PodStatus> {
  const volumes = Object.entries(hostPaths).map(([volume, path]) => ({ name: volume, hostPath: { path } }));
  return applyPod(cluster, name, containers, { hostNetwork: true, volumes });
}

/** Creates a pod with a network of its own, for which the CNI plugin is called. */
export function createNetworkedPod(
  cluster: Cluster,
  name: string,
  containers: readonly PodContainer[],
): Promise<PodStatus> {
  return applyPod(cluster, name, containers, {});
}

function applyPod(
  { kubectl }: Cluster,
  name: string,
  containers: readonly PodContainer[],
  spec: Readonly<Record<string, unknown>>,
): Promise<PodStatus> {
  return kubectl.apply<PodStatus>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: containers.map((c) => ({ image: BUSYBOX, command: SLEEP, ...c })),
      ...spec,
    },
  });
}

/** Waits until what the kubelet says of one container is as wanted. @returns that */
export function untilContainer(
  { kubectl }: Cluster,
  pod: string,
  container: string,
  wanted: (status: ContainerStatus) => boolean,
): Promise<ContainerStatus> {
  return until(
    { en: `container ${container} of pod ${pod}`, zh: `Pod ${pod} 的容器 ${container}` },
    async () => {
      const { status } = await kubectl.get<PodStatus>('pod', pod, '-n', NAMESPACE);
      return status.containerStatuses?.find((c) => c.name === container && wanted(c)) ?? null;
    },
    60_000,
    500,
  );
}

/** Waits until a container runs. @returns its id at the runtime */
export async function untilRunning(cluster: Cluster, pod: string, container: string): Promise<string> {
  const status = await untilContainer(cluster, pod, container, (c) => c.state.running !== undefined);
  return status.containerID?.split('://').at(-1) ?? '';
}

/** Waits until an event about a pod says what is wanted: kubectl's own words for its containers are vaguer. */
export async function untilEvent({ kubectl }: Cluster, pod: string, message: RegExp): Promise<void> {
  const about = ['events', '-n', NAMESPACE, '--field-selector', `involvedObject.name=${pod}`];
  await until(
    { en: `an event of pod ${pod}`, zh: `Pod ${pod} 的事件` },
    async () => {
      const { items } = await kubectl.get<{ items: readonly { readonly message: string }[] }>(...about);
      return items.some((event) => message.test(event.message));
    },
    60_000,
    500,
  );
}

/**
 * Deletes every pod of the scenarios. The kubelet has ended their containers within seconds but keeps the pods until
 * its next collection of dead containers, once a minute: their objects are not waited for that long.
 */
export async function deletePods({ kubectl }: Cluster): Promise<void> {
  const all = ['delete', 'pods', '--all', '-n', NAMESPACE];
  await kubectl.run([...all, '--grace-period=1', '--timeout=5s']);
  await kubectl.do(...all, '--force', '--grace-period=0');
}
