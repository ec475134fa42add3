import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { findBinaries } from '../../lab/cluster/binaries.ts';
import { type Cluster, startCluster } from '../../lab/cluster/cluster.ts';
import { groupsOf } from '../../lab/cluster/groups.ts';
import { hold } from '../../lab/cluster/hold.ts';
import type { ClusterScenario } from '../../lab/cluster/scenario.ts';
import { CLUSTER_SCENARIOS } from '../../lab/cluster/scenarios/index.ts';
import { BRISK, type Timing } from '../../lab/cluster/timing.ts';
import { Lab } from '../../lab/lab.ts';
import type { Need } from '../../lab/scenario.ts';
import { realTest, whyNotReal } from './real.ts';

/** Making the fault, the node's own pace until it says so, the diagnosis, and the way back to Ready. */
const TIMEOUT_MS = 420_000;

/** Real tests of every scenario for one runtime and pace, as many as can on one cluster: each fault is taken back before the next is made. */
export function testOnClusters(runtime: ClusterScenario['runtime'], timing: Timing = BRISK): void {
  const chosen = CLUSTER_SCENARIOS.filter((s) => s.runtime === runtime && s.timing === timing && !flaps(s));
  for (const group of groupsOf(chosen)) {
    suite(`a cluster (${runtime})`, () => testOnOneCluster(runtime, timing, group));
  }
}

function testOnOneCluster(
  runtime: ClusterScenario['runtime'],
  timing: Timing,
  scenarios: readonly ClusterScenario[],
): void {
  const needs: readonly Need[] = [runtime === 'docker' ? 'docker' : 'containerd', 'loop', 'cgroups', 'cluster'];
  let lab: Lab | undefined;
  let cluster: Cluster | undefined;

  before(async () => {
    const binaries = findBinaries();
    if (whyNotReal(needs) !== null || binaries === null) return;
    lab = new Lab();
    cluster = await startCluster(lab, binaries, { runtime, timing });
  });

  after(async () => {
    if (lab !== undefined) assert.deepEqual(await lab.close(), []);
  });

  for (const scenario of scenarios) {
    const { title, truth } = scenario;
    const name = `${title.en}: Ready=${truth.ready}, ${truth.cause ?? 'nothing wrong'}`;
    const body = async (): Promise<void> => {
      assert.ok(lab !== undefined && cluster !== undefined, 'the cluster did not start');
      const held = await hold(cluster, lab, scenario);
      assert.deepEqual(held.wrong, [], 'the live diagnosis');
      assert.deepEqual(held.notUndone, [], 'all is taken back');
    };
    realTest(`cluster (${runtime}): ${name}`, needs, body, TIMEOUT_MS);
  }
}

/** Its flaps are watched for ten minutes, whatever the timing. */
function flaps({ truth }: ClusterScenario): boolean {
  return truth.flaps !== undefined;
}
