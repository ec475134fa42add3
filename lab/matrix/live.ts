import type { Text } from '../../src/text/text.ts';
import { getBinaries } from '../cluster/binaries.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { truthAt } from '../cluster/course/judge.ts';
import { untilSettled } from '../cluster/course/settle.ts';
import { onClusters } from '../cluster/groups.ts';
import { type Held, hold, type Look } from '../cluster/hold.ts';
import type { ClusterScenario } from '../cluster/scenario.ts';
import { CLUSTER_SCENARIOS } from '../cluster/scenarios/index.ts';
import { differences } from '../compare.ts';
import { textOf } from '../errors.ts';
import { Lab } from '../lab.ts';
import { diagnose } from '../notready-cli.ts';
import type { Need, Scenario } from '../scenario.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import { endOnSignals } from '../signals.ts';
import { type Judged, judge, type Outcome, tried } from './outcome.ts';
import * as say from './texts.ts';

export interface LiveOptions {
  /** Whether a scenario is to be made: `host/healthy`, `cluster/hung-shim`. */
  readonly isWanted: (scenario: string) => boolean;
  /** Told each outcome as it comes. */
  readonly keep: (outcome: Outcome) => void;
  readonly print: (text: Text) => void;
  /** Sees to it that what a scenario needs is there. @throws LabError when it cannot be had */
  readonly prepare: (needs: readonly Need[]) => Promise<void>;
}

/** Makes every fault now, one after the other, and holds what notready says of it against the truth. */
export async function makeAll(options: LiveOptions): Promise<void> {
  const hosts = SCENARIOS.filter((s) => options.isWanted(`host/${s.name}`));
  const clusters = CLUSTER_SCENARIOS.filter((s) => options.isWanted(`cluster/${s.name}`));
  const keep = counted(hosts.length + clusters.length, options);
  for (const scenario of hosts) keep(await tried(`host/${scenario.name}`, () => onHost(scenario, options)));
  if (clusters.length === 0) return;
  const failed = (scenario: ClusterScenario, error: unknown): void =>
    keep({ scenario: `cluster/${scenario.name}`, judged: [], failure: textOf(error).en });
  try {
    await options.prepare(['docker', 'containerd', 'loop', 'cgroups', 'cluster']);
    await onClusters(clusters, await getBinaries(options.print), {
      visit: async (scenario, cluster, lab) => {
        const judged = await onCluster(scenario, cluster, lab);
        keep({ scenario: `cluster/${scenario.name}`, judged, failure: null });
      },
      failed,
      print: () => undefined,
    });
  } catch (error) {
    for (const scenario of clusters) failed(scenario, error);
  }
}

function counted(all: number, { keep, print }: LiveOptions): (outcome: Outcome) => void {
  let made = 0;
  return (outcome) => {
    made += 1;
    print(say.made(made, all, outcome));
    keep(outcome);
  };
}

async function onHost(scenario: Scenario, { prepare, print }: LiveOptions): Promise<Judged[]> {
  const { needs, truth } = scenario;
  await prepare(needs);
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    const staged = await scenario.run(lab);
    const diagnosed = await diagnose(staged);
    const found = differences(truth, staged, diagnosed);
    return [judge({ look: null, truth, subjects: staged.subjects, json: diagnosed.json, differences: found })];
  } finally {
    await lab.close();
    quiet();
  }
}

async function onCluster(scenario: ClusterScenario, cluster: Cluster, lab: Lab): Promise<Judged[]> {
  const looks: (Look & { readonly calm: Judged | null })[] = [];
  const held = await hold(cluster, lab, scenario, {
    onLook: async (look) => {
      if (look.name === 'after') await untilSettled(cluster);
      looks.push({ ...look, calm: look.staged.subjects === undefined ? await calmLook(scenario, look) : null });
    },
  });
  return looks.flatMap(({ calm, ...look }) => calm ?? heldLook(scenario, look, held));
}

/** Before and after the fault nothing must be found; `hold` does not look then. */
async function calmLook(scenario: ClusterScenario, { name, staged }: Look): Promise<Judged> {
  const [truth, diagnosed, subjects] = [truthAt(scenario, name), await diagnose(staged), []];
  return judge({
    look: name,
    truth,
    subjects,
    json: diagnosed.json,
    differences: differences(truth, { subjects }, diagnosed),
  });
}

function heldLook(scenario: ClusterScenario, { name, staged }: Look, { looks }: Held): Judged[] {
  return looks
    .filter((l) => l.name === name)
    .map(({ diagnosed: { json }, wrong }) => {
      const subjects = staged.subjects ?? [];
      return judge({ look: name, truth: truthAt(scenario, name), subjects, json, differences: wrong });
    });
}
