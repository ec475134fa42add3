/** Lists that are asked for, by the path of their group. */
const LISTS = {
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  events: '/api/v1/events',
  persistentvolumes: '/api/v1/persistentvolumes',
  persistentvolumeclaims: '/api/v1/persistentvolumeclaims',
  poddisruptionbudgets: '/apis/policy/v1/poddisruptionbudgets',
  'poddisruptionbudgets v1beta1': '/apis/policy/v1beta1/poddisruptionbudgets',
  'leases of nodes': '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
} as const;

/** Paths of the Kubernetes API, each part encoded. Source: the API reference, v1, policy and coordination.k8s.io/v1. */
export const kubePath = {
  node: (name: string): string => `/api/v1/nodes/${encodeURIComponent(name)}`,
  /** A path of the node's kubelet, through the API server. @param path `healthz` */
  proxy: (name: string, path: string): string => `/api/v1/nodes/${encodeURIComponent(name)}/proxy/${path}`,
  lease: (name: string): string => kubePath.leaseIn('kube-node-lease', name),
  leaseIn: (namespace: string, name: string): string =>
    `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases/${encodeURIComponent(name)}`,
  /** @param fields of the objects wanted: `{ 'spec.nodeName': 'worker-1' }` */
  list: (resource: keyof typeof LISTS, fields: Readonly<Record<string, string>> = {}): string => {
    const selector = Object.entries(fields).map(([field, value]) => `${field}=${value}`);
    const query = selector.length === 0 ? '' : `?fieldSelector=${encodeURIComponent(selector.join(','))}`;
    return `${LISTS[resource]}${query}`;
  },
  pod: (namespace: string, name: string): string =>
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`,
  /** Its verb is `create`: RBAC knows it as `pods/eviction`. */
  eviction: (namespace: string, name: string): string => `${kubePath.pod(namespace, name)}/eviction`,
  daemonSet: (namespace: string, name: string): string =>
    `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/daemonsets/${encodeURIComponent(name)}`,
  events: (namespace: string): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
} as const;
