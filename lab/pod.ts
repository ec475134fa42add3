import type { NewContainer } from './runtimes/docker-api.ts';

export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}

/**
 * Name and labels of a container as dockershim gives them, by which the tool finds its pod
 * (kubernetes 1.23 pkg/kubelet/dockershim/naming.go, pkg/kubelet/types/labels.go).
 * @param container `POD` for the sandbox
 * @param attempt how often it was started before
 */
export function dockershimContainer(
  pod: PodIdentity,
  container: string,
  attempt = 0,
  sandboxId?: string,
): Required<Pick<NewContainer, 'name' | 'labels'>> {
  return {
    name: ['k8s', container, pod.name, pod.namespace, pod.uid, attempt].join('_'),
    labels: {
      'io.kubernetes.container.name': container,
      'io.kubernetes.docker.type': container === 'POD' ? 'podsandbox' : 'container',
      'io.kubernetes.pod.name': pod.name,
      'io.kubernetes.pod.namespace': pod.namespace,
      'io.kubernetes.pod.uid': pod.uid,
      ...(sandboxId === undefined ? {} : { 'io.kubernetes.sandbox.id': sandboxId }),
    },
  };
}
