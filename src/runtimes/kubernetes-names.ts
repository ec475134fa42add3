/** Which pod and container of Kubernetes a runtime's container is. */
export interface KubernetesName {
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  /** {@link SANDBOX_NAME} for a pod sandbox. */
  readonly container: string;
  /** Restarts before this one; null where neither name nor labels say. */
  readonly attempt: number | null;
}

/** What dockershim calls the container that holds a pod's namespaces. Source: pkg/kubelet/dockershim/naming.go. */
export const SANDBOX_NAME = 'POD';

/** Labels that the kubelet gives. Source: pkg/kubelet/types/labels.go, pkg/kubelet/dockershim/docker_service.go. */
const LABEL = {
  container: 'io.kubernetes.container.name',
  pod: 'io.kubernetes.pod.name',
  namespace: 'io.kubernetes.pod.namespace',
  uid: 'io.kubernetes.pod.uid',
  sandbox: 'io.kubernetes.sandbox.id',
  type: 'io.kubernetes.docker.type',
} as const;

/** The kubelet's restart count, as dockershim keeps annotations: with a prefix, among the labels. */
const RESTARTS = 'annotation.io.kubernetes.container.restartCount';

type Labels = Readonly<Record<string, string | undefined>>;

/**
 * Reads `k8s_NAME_POD_NAMESPACE_UID_ATTEMPT`, the name that dockershim and cri-dockerd give; a seventh part is the
 * random suffix of a name conflict. Kubelets before 1.6 wrote `NAME.HASH` and no attempt. None of the parts can hold
 * `_`. Source: pkg/kubelet/dockershim/naming.go, pkg/kubelet/dockertools/docker.go.
 */
export function parseDockershimName(name: string): KubernetesName | null {
  const parts = name.replace(/^\//, '').split('_', 8);
  const [prefix, container, pod, namespace, podUid, attempt] = parts;
  if (prefix !== 'k8s' || parts.length < 6 || parts.length > 7) return null;
  if (!container || !pod || !namespace || !podUid) return null;
  return {
    namespace,
    pod,
    podUid,
    container: container.replace(/\.[0-9a-f]{1,8}$/, ''),
    attempt: container.includes('.') ? null : parseAttempt(attempt),
  };
}

/** The name from a runtime's labels, the attempt from dockershim's annotation label where there is one. */
export function parseKubernetesLabels(labels: Labels): KubernetesName | null {
  const pod = labels[LABEL.pod];
  const namespace = labels[LABEL.namespace];
  const podUid = labels[LABEL.uid];
  if (!pod || !namespace || !podUid) return null;
  const container = labels[LABEL.container] || SANDBOX_NAME;
  return { namespace, pod, podUid, container, attempt: parseAttempt(labels[RESTARTS]) };
}

/** From whichever says it: the name first, since only it carries the attempt of every version. */
export function kubernetesName(name: string, labels: Labels): KubernetesName | null {
  return parseDockershimName(name) ?? parseKubernetesLabels(labels);
}

/** Whether a Docker container is a pod's sandbox. */
export function isDockerSandbox(name: string, labels: Labels): boolean {
  const type = labels[LABEL.type];
  if (type) return type === 'podsandbox';
  return kubernetesName(name, labels)?.container === SANDBOX_NAME;
}

/** The sandbox a Docker container was started into, as dockershim labels it. */
export function dockerSandboxId(labels: Labels): string | null {
  return labels[LABEL.sandbox] || null;
}

function parseAttempt(digits: string | undefined): number | null {
  return digits !== undefined && /^\d{1,10}$/.test(digits) ? Number(digits) : null;
}
