import { findBinaries } from '../../../lab/cluster/binaries.ts';
import { type Cluster, startCluster } from '../../../lab/cluster/cluster.ts';
import { BRISK } from '../../../lab/cluster/timing.ts';
import { Lab } from '../../../lab/lab.ts';
import type { Need } from '../../../lab/scenario.ts';
import { whyNotReal } from '../real.ts';
import { openScene, registerNode, renewLease, sayReady } from './scene.ts';

/** What {@link openRoom} needs of the machine. */
export const ROOM_NEEDS: readonly Need[] = ['docker', 'loop', 'cgroups', 'cluster'];
/** The only other node: an object alone, without a kubelet. */
export const SPARE = 'control-plane-0';
/** Keeps ordinary pods off it. */
export const TAINT = { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' } as const;
/** The lab's leases are of 8 s. */
const RENEW_MS = 2000;

/** A real node, and room for its pods only on a control-plane node behind its taint. */
export interface Room {
  readonly lab: Lab;
  readonly cluster: Cluster;
  node(name: string): Promise<NodeObject>;
  /** @returns what of the lab could not be taken back */
  close(): Promise<readonly unknown[]>;
}

export interface NodeObject {
  readonly spec: { readonly unschedulable?: boolean; readonly taints?: readonly { key: string; effect: string }[] };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

/** @returns null where this machine cannot have it: the tests then say why */
export async function openRoom(): Promise<Room | null> {
  const binaries = findBinaries();
  if (whyNotReal(ROOM_NEEDS) !== null || binaries === null) return null;
  const lab = new Lab();
  const cluster = await startCluster(lab, binaries, { runtime: 'docker', timing: BRISK });
  const scene = await openScene(cluster);
  await registerNode(scene, {
    name: SPARE,
    labels: { [TAINT.key]: '' },
    taints: [TAINT],
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
  });
  const renewing = setInterval(() => {
    void renewLease(scene.admin, SPARE);
    void sayReady(scene.admin, SPARE);
  }, RENEW_MS);
  return {
    lab,
    cluster,
    node: (name) => cluster.kubectl.get<NodeObject>('node', name),
    close: () => {
      clearInterval(renewing);
      scene.close();
      return lab.close();
    },
  };
}
