import type { KubeClient } from '../../kube/kube-client.ts';
import type { ListRequest } from '../../kube/list.ts';
import { kubePath } from '../../kube/paths.ts';
import type { ClusterContext, HeldLock } from './context.ts';
import { type Budget, readBudget } from './objects/budget.ts';
import { readKuredLock } from './objects/kured-lock.ts';
import { readLockLease, readNodeLease } from './objects/lease.ts';
import { readClusterNode } from './objects/node.ts';
import { readClusterPod } from './objects/pod.ts';
import { readReadyTurn } from './objects/ready-turn.ts';
import { readClaim, readVolume } from './objects/volume.ts';
import { policyVersions } from './policy-version.ts';
import { createReader, type Reader, type ReadOptions } from './reader.ts';

interface ReadContextOptions extends ReadOptions {
  /** Unix ms. */
  readonly now: () => number;
}

/** A request of a list. Beyond `most` the rest is told to be missing. */
function all(resource: Parameters<typeof kubePath.list>[0], right: string, most: number, pageSize = 500): ListRequest {
  return { path: kubePath.list(resource), right, pageSize, maxItems: most };
}

/** Nodes: as many as Kubernetes supports in one cluster; a node object with its images comes to 15 kB and more. */
const NODES = all('nodes', 'list nodes', 5000, 250);
const PODS = all('pods', 'list pods', 15_000);
const CLAIMS = all('persistentvolumeclaims', 'list persistentvolumeclaims', 10_000);
const VOLUMES = all('persistentvolumes', 'list persistentvolumes', 10_000);
const LEASES = all('leases of nodes', 'list leases.coordination.k8s.io', 5000);
const TURNS: ListRequest = {
  path: kubePath.list('events', { 'involvedObject.kind': 'Node' }),
  right: 'list events',
  pageSize: 500,
  maxItems: 5000,
};

/**
 * Reads what a plan and its guards need to know of a cluster. It never fails: what is denied, away or too much is named
 * in `missing`, and the rest is there.
 */
export async function readClusterContext(
  client: KubeClient,
  name: string,
  options: ReadContextOptions,
): Promise<ClusterContext> {
  const at = options.now();
  const reader = createReader(client, options);
  const [listed, pods, budgets, claims, volumes, turns, leases, locks] = await Promise.all([
    reader.list('nodes', NODES, readClusterNode),
    reader.list('pods', PODS, readClusterPod),
    readBudgets(reader),
    reader.list('claims', CLAIMS, readClaim),
    reader.list('volumes', VOLUMES, readVolume),
    reader.list('ready-turns', TURNS, readReadyTurn),
    reader.list('leases', LEASES, readNodeLease),
    readLocks(reader, name),
  ]);
  const seen = listed.find((n) => n.name === name);
  const node = seen ?? (await reader.get('node', kubePath.node(name), 'get nodes', readClusterNode));
  const nodes = seen === undefined && node !== null ? [...listed, node] : listed;
  const readyTurns = turns.toSorted((a, b) => a.at - b.at);
  return { at, node, nodes, pods, budgets, claims, volumes, readyTurns, leases, locks, missing: reader.missing() };
}

async function readBudgets(reader: Reader): Promise<readonly Budget[]> {
  const version = (await policyVersions(reader))?.budgets ?? 'v1';
  const resource = version === 'v1' ? 'poddisruptionbudgets' : 'poddisruptionbudgets v1beta1';
  const request = all(resource, 'list poddisruptionbudgets.policy', 5000);
  return reader.list('budgets', request, (item) => readBudget(item, version));
}

/**
 * Sources: medik8s/common pkg/lease/manager.go (lease `node-NAME` in `medik8s-leases`); kubereboot/kured cmd/kured
 * (DaemonSet `kured` in `kube-system`).
 */
async function readLocks(reader: Reader, node: string): Promise<readonly HeldLock[]> {
  const lease = kubePath.leaseIn('medik8s-leases', `node-${node}`);
  const kured = kubePath.daemonSet('kube-system', 'kured');
  const found = await Promise.all([
    reader.get('locks', lease, 'get leases.coordination.k8s.io', readLockLease),
    reader.get('locks', kured, 'get daemonsets.apps', (json) => readKuredLock(json, node)),
  ]);
  return found.filter((lock) => lock !== null);
}
