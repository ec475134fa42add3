// Objects as kube-apiserver 1.20.2 gives them, without managedFields.

/** A node that its kubelet declared NotReady for its PLEG. */
export const NODE = {
  kind: 'Node',
  apiVersion: 'v1',
  metadata: {
    name: 'worker-1',
    uid: '4e7833fe-e65c-49d3-b1b0-48214213cec3',
    resourceVersion: '290',
    creationTimestamp: '2026-11-24T05:00:00Z',
  },
  spec: {
    unschedulable: true,
    taints: [
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', timeAdded: '2026-11-24T05:58:04Z' },
    ],
  },
  status: {
    conditions: [
      {
        type: 'DiskPressure',
        status: 'False',
        lastHeartbeatTime: '2026-11-24T05:59:50Z',
        lastTransitionTime: '2026-11-24T05:00:01Z',
        reason: 'KubeletHasNoDiskPressure',
        message: 'kubelet has no disk pressure',
      },
      {
        type: 'Ready',
        status: 'False',
        lastHeartbeatTime: '2026-11-24T05:59:50Z',
        lastTransitionTime: '2026-11-24T05:58:04Z',
        reason: 'KubeletNotReady',
        message: 'PLEG is not healthy: pleg was last seen active 3m5.1s ago; threshold is 3m0s',
      },
    ],
    nodeInfo: { kubeletVersion: 'v1.20.2', containerRuntimeVersion: 'docker://20.10.24' },
  },
};

/** Another node of it. */
export function otherNode(name: string, ready: 'True' | 'False' | 'Unknown', since: string): unknown {
  const condition = { type: 'Ready', status: ready, lastTransitionTime: since, reason: '', message: '' };
  return { ...NODE, metadata: { ...NODE.metadata, name }, status: { ...NODE.status, conditions: [condition] } };
}

export const LEASE = {
  kind: 'Lease',
  apiVersion: 'coordination.k8s.io/v1',
  metadata: { name: 'worker-1', namespace: 'kube-node-lease' },
  spec: { holderIdentity: 'worker-1', leaseDurationSeconds: 40, renewTime: '2026-11-24T05:59:55.123456Z' },
};

const CONTAINER = '8069'.padEnd(64, 'a');

/** A pod that is being deleted; one of its containers crash-loops. */
export const POD = {
  metadata: {
    name: 'cart-0',
    namespace: 'shop',
    uid: '99a6c708-0d1c-40aa-842e-fa115b17d284',
    deletionTimestamp: '2026-11-24T05:50:30Z',
    deletionGracePeriodSeconds: 30,
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'cart', uid: 'x', controller: true }],
  },
  spec: { nodeName: 'worker-1' },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      { name: 'app', containerID: `docker://${CONTAINER}`, restartCount: 0, state: { running: {} } },
      {
        name: 'proxy',
        containerID: '',
        restartCount: 7,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
      },
    ],
  },
};

export const NODE_EVENT = {
  metadata: { name: 'worker-1.17a', namespace: 'default', creationTimestamp: '2026-11-24T05:30:00Z' },
  involvedObject: { kind: 'Node', name: 'worker-1', uid: 'worker-1' },
  reason: 'NodeNotReady',
  message: 'Node worker-1 status is now: NodeNotReady',
  source: { component: 'kubelet', host: 'worker-1' },
  firstTimestamp: '2026-11-24T05:30:00Z',
  lastTimestamp: '2026-11-24T05:58:04Z',
  count: 7,
  type: 'Normal',
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
};

export const POD_EVENT = {
  ...NODE_EVENT,
  metadata: { name: 'cart-0.17b', namespace: 'shop', creationTimestamp: '2026-11-24T05:50:00Z' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'cart-0', uid: POD.metadata.uid },
  reason: 'FailedKillPod',
  message:
    'error killing pod: failed to "KillContainer" for "app" with KillContainerError: "rpc error: code = DeadlineExceeded desc = context deadline exceeded"',
  firstTimestamp: '2026-11-24T05:52:00Z',
  lastTimestamp: '2026-11-24T05:57:00Z',
  count: 3,
  type: 'Warning',
};

/** A list of one page. */
export function listOf(...items: unknown[]): { json: unknown } {
  return { json: { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '311' }, items } };
}
