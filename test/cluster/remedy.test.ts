import assert from 'node:assert/strict';
import { after, before, suite } from 'node:test';
import { findBinaries } from '../../lab/cluster/binaries.ts';
import { startCluster } from '../../lab/cluster/cluster.ts';
import { Lab } from '../../lab/lab.ts';
import { realTest, whyNotReal } from '../support/real.ts';
import { agreesWithScheduler, registerNodes } from '../support/remedy/capacity.ts';
import { NODES } from '../support/remedy/capacity-cases.ts';
import { deployWorkloads, goesOnWhereItWas, refusesWithoutConsent, saysWhatIsStuck } from '../support/remedy/drain.ts';
import { emptiesAsForetold } from '../support/remedy/emptying.ts';
import { assertNames, bindUsers, shippedRights, tryEverything, userWithout } from '../support/remedy/rights.ts';
import { openScene, type RemedyScene, renewLease } from '../support/remedy/scene.ts';

const NEEDS = ['docker', 'cgroups', 'cluster'] as const;
const TIMEOUT_MS = 120_000;
const RENEW_MS = 5000;

suite('a cluster to be remedied', () => {
  let lab: Lab | undefined;
  let scene: RemedyScene | undefined;
  let renewing: NodeJS.Timeout | undefined;

  before(async () => {
    const binaries = findBinaries();
    if (whyNotReal(NEEDS) !== null || binaries === null) return;
    lab = new Lab();
    const opened = await openScene(await startCluster(lab, binaries));
    scene = opened;
    await opened.cluster.kubectl.do('cordon', opened.cluster.node);
    await registerNodes(opened);
    renewing = setInterval(() => {
      for (const { name } of NODES) void renewLease(opened.admin, name);
    }, RENEW_MS);
  });

  after(async () => {
    clearInterval(renewing);
    scene?.close();
    if (lab !== undefined) assert.deepEqual(await lab.close(), []);
  });

  const given = (): RemedyScene => {
    assert.ok(scene !== undefined, 'the cluster did not start');
    return scene;
  };

  realTest(
    'of each of 60 pods the simulation says what the real scheduler does: a node that takes it, or why each refuses',
    NEEDS,
    async () => {
      const { placed, refused } = await agreesWithScheduler(given(), 20);
      assert.ok(placed >= 10 && refused >= 10, `placed ${placed}, refused ${refused}: the pods are no test`);
    },
    TIMEOUT_MS,
  );

  realTest(
    'where a node’s pods would go, which have no place and what room helps is what then happens',
    NEEDS,
    async () => {
      await clear(given());
      await bindUsers(given());
      await given().cluster.kubectl.do('cordon', 'emptied');
      await emptiesAsForetold(given());
      await given().cluster.kubectl.do('uncordon', 'emptied');
    },
    TIMEOUT_MS,
  );

  realTest(
    'a drain: not agreed to, stuck for six reasons, and asked for again while the API server hangs for a while',
    NEEDS,
    async () => {
      await clear(given());
      assert.ok(lab !== undefined);
      await deployWorkloads(given());
      await refusesWithoutConsent(given(), 'drainer');
      await saysWhatIsStuck(given(), 'drainer');
      await goesOnWhereItWas(given(), 'drainer', lab);
    },
    TIMEOUT_MS,
  );

  realTest(
    'the shipped roles are enough, and each right of them is needed',
    NEEDS,
    async () => {
      assert.deepEqual(await tryEverything(given(), 'remediator'), []);
      for (const right of shippedRights()) {
        assertNames(await tryEverything(given(), userWithout(right)), right);
      }
    },
    TIMEOUT_MS,
  );
});

async function clear({ cluster }: RemedyScene): Promise<void> {
  await cluster.kubectl.do('delete', 'pods', '--all', '--force', '--grace-period=0');
}
