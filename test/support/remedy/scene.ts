import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../../lab/cluster/cluster.ts';
import { findKubeconfig, resolveConnection } from '../../../src/kube/connect.ts';
import type { Connection } from '../../../src/kube/connection.ts';
import type { KubeAnswer } from '../../../src/kube/kube-client.ts';
import { createKubeWriter, type KubeWriter } from '../../../src/kube/kube-writer.ts';
import { kubePath } from '../../../src/kube/paths.ts';
import type { CallResult } from '../../../src/runtimes/call-result.ts';

/** A real API server, as cluster-admin and as others, with nodes of ours that have no kubelet. */
export interface RemedyScene {
  readonly cluster: Cluster;
  readonly admin: KubeWriter;
  /** As another user, whose rights alone count. */
  as(user: string): KubeWriter;
  close(): void;
}

export const LIMITS = { deadlineMs: 10_000 };

export async function openScene(cluster: Cluster): Promise<RemedyScene> {
  const connection = await connect(cluster.controlPlane.kubeconfig);
  const writers = [createKubeWriter(connection, {})];
  const open = (headers: Connection['headers']) => {
    const writer = createKubeWriter({ ...connection, headers }, {});
    writers.push(writer);
    return writer;
  };
  return {
    cluster,
    admin: open({}),
    as: (user) => open({ 'Impersonate-User': user, 'Impersonate-Group': ['system:authenticated'] }),
    close: () => {
      for (const writer of writers) writer.close();
    },
  };
}

async function connect(kubeconfig: string): Promise<Connection> {
  const readText = async (path: string) => ({ ok: true as const, value: await readFile(path, 'utf8') });
  const found = await findKubeconfig({ flag: kubeconfig, env: {}, readText });
  assert.ok(found);
  return resolveConnection({ found, context: null, readText, pluginDeadlineMs: null });
}

/** The object of an answer of success. */
export function objectOf<T>(result: CallResult<KubeAnswer>): T {
  assert.equal(result.outcome, 'ok');
  assert.ok(result.outcome === 'ok' && result.value.status < 300, result.outcome === 'ok' ? result.value.body : '');
  return JSON.parse(result.value.body) as T;
}

interface FakeNode {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly Readonly<Record<string, string>>[];
  readonly unschedulable?: boolean;
  readonly allocatable: Readonly<Record<string, string>>;
}

/** Registers a node and says as its kubelet that it is Ready. */
export async function registerNode({ admin }: RemedyScene, node: FakeNode): Promise<void> {
  const { name, labels, taints, unschedulable, allocatable } = node;
  const metadata = { name, labels: { 'kubernetes.io/hostname': name, ...labels } };
  objectOf(
    await admin.post('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata, spec: { unschedulable } }, LIMITS),
  );
  const status = { allocatable, capacity: allocatable };
  objectOf(await admin.patch(`${kubePath.node(name)}/status`, 'merge', { status }, LIMITS));
  objectOf(await sayReady(admin, name));
  await renewLease(admin, name, true);
  await untilPlain(admin, name);
  if (taints !== undefined) objectOf(await admin.patch(kubePath.node(name), 'merge', { spec: { taints } }, LIMITS));
}

/** The taint that the API server gives each new node is the node controller's to take away. */
async function untilPlain(admin: KubeWriter, name: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const { spec } = objectOf<{ spec: { taints?: { key: string }[] } }>(await admin.get(kubePath.node(name), LIMITS));
    if (!spec.taints?.some((t) => t.key === 'node.kubernetes.io/not-ready')) return;
    await sleep(100);
  }
  assert.fail(`${name} keeps its taint not-ready`);
}

/** What a kubelet says in its status. A node that was called Unknown becomes Ready by this alone, not by its lease. */
export function sayReady(admin: KubeWriter, name: string): Promise<CallResult<KubeAnswer>> {
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const times = { lastHeartbeatTime: at, lastTransitionTime: at };
  const conditions = [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'fake', ...times }];
  return admin.patch(`${kubePath.node(name)}/status`, 'merge', { status: { conditions } }, LIMITS);
}

/** What a kubelet would do every 10 s. */
export async function renewLease(admin: KubeWriter, node: string, isNew = false): Promise<void> {
  const renewTime = new Date().toISOString().replace('Z', '000Z');
  const spec = { holderIdentity: node, leaseDurationSeconds: 40, renewTime };
  const path = kubePath.lease(node);
  if (!isNew) await admin.patch(path, 'merge', { spec }, LIMITS);
  else {
    const metadata = { name: node, namespace: 'kube-node-lease' };
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
    objectOf(await admin.post(path.slice(0, path.lastIndexOf('/')), lease, LIMITS));
  }
}
