import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLabFolder, labsParent } from '../folder.ts';
import { isRunning, listOr, type ProcessId, readOr } from '../processes.ts';

/** What `notready lab up` leaves on disk of a cluster, for those who look for it. */
export interface ClusterState {
  readonly folder: string;
  /** Who keeps it: ending that ends the cluster. */
  readonly keeper: ProcessId;
  readonly node: string;
  readonly version: string;
  readonly server: string;
  readonly kubeconfig: string;
  readonly kubectl: string;
  readonly runtimeEndpoint: string;
  /** Unix ms. */
  readonly since: number;
}

const FILE = 'cluster.json';

export function writeState(state: ClusterState): void {
  writeFileSync(join(state.folder, FILE), JSON.stringify(state), { mode: 0o600 });
}

/** Clusters that were brought up on this machine and whose keeper runs, the oldest first. */
export function runningClusters(): ClusterState[] {
  const folders = listOr(labsParent()).map((name) => join(labsParent(), name));
  const states = folders.filter(isLabFolder).flatMap(readState);
  return states.filter((s) => isRunning(s.keeper)).toSorted((a, b) => a.since - b.since);
}

/** Written by us, and perhaps only half when the keeper was killed. */
function readState(folder: string): ClusterState[] {
  try {
    return [JSON.parse(readOr(join(folder, FILE), 'null')) as ClusterState | null].filter((s) => s !== null);
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
