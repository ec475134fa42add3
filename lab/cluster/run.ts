import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/text/user-error.ts';
import { Lab } from '../lab.ts';
import type { Live } from '../live.ts';
import { report } from '../notready-cli.ts';
import { prepare } from '../prepare.ts';
import { record } from '../record.ts';
import type { RunFlags } from '../run-flags.ts';
import type { Need } from '../scenario.ts';
import { endOnSignals, untilSignal } from '../signals.ts';
import { KEPT, recorded, undone } from '../texts.ts';
import { getBinaries } from './binaries.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type HoldOptions, hold, type Look, stage } from './hold.ts';
import * as say from './run-texts.ts';
import type { ClusterScenario } from './scenario.ts';
import { paceOf, STOCK } from './timing.ts';

/**
 * `notready lab run` of a scenario on a cluster that is brought up for it.
 * @returns 0 where all agrees with the truth, else 1
 */
export async function runOnCluster(scenario: ClusterScenario, flags: RunFlags, live: Live): Promise<number> {
  if (flags.stock === true && paceOf(scenario.timing) === 'own') throw new UserError(say.hasOwnTiming(scenario.name));
  const { print } = live;
  const runtime: Need = scenario.runtime === 'docker' ? 'docker' : 'containerd';
  await prepare([runtime, 'loop', 'cgroups', 'cluster'], flags['no-install'] !== true, print);
  const binaries = await getBinaries(print);
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    const timing = flags.stock === true ? STOCK : scenario.timing;
    print(say.bringingUp(scenario.runtime, paceOf(timing), lab.folder));
    const starting = startCluster(lab, binaries, { runtime: scenario.runtime, timing, print });
    const cluster = await live.wait(say.UNTIL_READY, starting);
    print(say.making(scenario, cluster));
    return await (flags.keep === true ? keep : holdTrue)(cluster, lab, scenario, flags, live);
  } finally {
    print(undone(await lab.close()));
    quiet();
  }
}

async function holdTrue(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  flags: RunFlags,
  live: Live,
): Promise<number> {
  const onLook = async (look: Look): Promise<void> => {
    await showReport(look, flags, live);
    await recordLook(look, lab, flags);
  };
  const held = await hold(cluster, lab, scenario, { ...talking(live), onLook });
  if (flags.record !== undefined) live.print(recorded(flags.record));
  live.print(say.held(held, scenario.truth));
  return held.wrong.length + held.notUndone.length === 0 ? 0 : 1;
}

async function keep(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  flags: RunFlags,
  live: Live,
): Promise<number> {
  const onLook = (look: Look): Promise<void> => showReport(look, flags, live);
  await stage(cluster, lab, scenario, { ...talking(live), onLook, diagnose: flags.diagnose === true });
  live.print(KEPT);
  return untilSignal();
}

function talking({ print, wait }: Live): HoldOptions {
  return { print, wait };
}

/** The whole report of each diagnosis; of the calm node there is none. */
async function showReport({ name, staged }: Look, flags: RunFlags, live: Live): Promise<void> {
  if (flags.diagnose !== true || name === 'before' || name === 'after') return;
  const text = await report(staged, live.lang);
  live.print({ en: text, zh: text });
}

async function recordLook({ name, staged }: Look, lab: Lab, { record: folder }: RunFlags): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await record(lab, staged, join(folder, `${name}.tar.gz`));
}
