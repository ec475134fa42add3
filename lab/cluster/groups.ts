import type { Text } from '../../src/text/text.ts';
import { Lab } from '../lab.ts';
import { endOnSignals } from '../signals.ts';
import type { KubernetesBinaries } from './binaries.ts';
import { type Cluster, startCluster } from './cluster.ts';
import type { ClusterScenario } from './scenario.ts';

/** Scenarios that can follow each other on one cluster. */
export function groupsOf(scenarios: readonly ClusterScenario[]): ClusterScenario[][] {
  return [
    ...Map.groupBy(scenarios, ({ name, runtime, timing, alone }) =>
      JSON.stringify([runtime, timing, alone === true ? name : null]),
    ).values(),
  ];
}

export interface OnClusters {
  /** What is done with each. */
  readonly visit: (scenario: ClusterScenario, cluster: Cluster, lab: Lab) => Promise<void>;
  /** Told where a visit, or the start of its cluster, threw; the rest goes on, on a cluster of its own. */
  readonly failed: (scenario: ClusterScenario, error: unknown) => void;
  readonly print: (text: Text) => void;
}

/** Visits every scenario, as many as can on one cluster each. */
export async function onClusters(
  scenarios: readonly ClusterScenario[],
  binaries: KubernetesBinaries,
  how: OnClusters,
): Promise<void> {
  for (const group of groupsOf(scenarios)) {
    let rest = group;
    while (rest.length > 0) rest = rest.slice(await untilFailure(rest, binaries, how));
  }
}

/** @returns how many are done with; the last of them may have failed */
async function untilFailure(
  group: readonly ClusterScenario[],
  binaries: KubernetesBinaries,
  { visit, failed, print }: OnClusters,
): Promise<number> {
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  let done = 0;
  try {
    const [{ runtime, timing } = {}] = group;
    const cluster = await startCluster(lab, binaries, {
      ...(runtime && { runtime }),
      ...(timing && { timing }),
      print,
    });
    for (const scenario of group) {
      done += 1;
      await visit(scenario, cluster, lab);
    }
  } catch (error) {
    const scenario = group[Math.max(done, 1) - 1];
    if (scenario !== undefined) failed(scenario, error);
    done = Math.max(done, 1);
  } finally {
    await lab.close();
    quiet();
  }
  return done;
}
