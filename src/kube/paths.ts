/** Paths of the Kubernetes API, each part encoded. Source: the API reference, v1 and coordination.k8s.io/v1. */
export const kubePath = {
  node: (name: string): string => `/api/v1/nodes/${encodeURIComponent(name)}`,
  /** A path of the node's kubelet, through the API server. @param path `healthz` */
  proxy: (name: string, path: string): string => `/api/v1/nodes/${encodeURIComponent(name)}/proxy/${path}`,
  lease: (name: string): string =>
    `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${encodeURIComponent(name)}`,
  /** @param fields of the objects wanted: `{ 'spec.nodeName': 'worker-1' }` */
  list: (resource: 'nodes' | 'pods' | 'events', fields: Readonly<Record<string, string>> = {}): string => {
    const selector = Object.entries(fields).map(([field, value]) => `${field}=${value}`);
    return `/api/v1/${resource}${selector.length === 0 ? '' : `?fieldSelector=${encodeURIComponent(selector.join(','))}`}`;
  },
} as const;
