import { UserError } from '../../src/text/user-error.ts';
import { Lab } from '../lab.ts';
import type { Live } from '../live.ts';
import { report } from '../notready-cli.ts';
import { prepare } from '../prepare.ts';
import type { RunFlags } from '../run-flags.ts';
import type { Need } from '../scenario.ts';
import { endOnSignals, untilSignal } from '../signals.ts';
import { KEPT, recorded, undone } from '../texts.ts';
import { getBinaries } from './binaries.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { checkFolder, recordCourse } from './course/record-course.ts';
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
  if (flags.record !== undefined) checkFolder(flags.record);
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
  const onLook = (look: Look): Promise<void> => showReport(look, flags, live);
  const options: HoldOptions = { ...talking(live), onLook };
  const held =
    flags.record === undefined
      ? await hold(cluster, lab, scenario, options)
      : (await recordCourse(cluster, lab, scenario, flags.record, options)).held;
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

function talking({ lang, print, wait }: Live): HoldOptions {
  return { lang, print, wait };
}

/** The whole report of each diagnosis; of the calm node there is none. */
async function showReport({ name, staged }: Look, flags: RunFlags, live: Live): Promise<void> {
  if (flags.diagnose !== true || name === 'before' || name === 'after') return;
  const text = await report(staged, live.lang);
  live.print({ en: text, zh: text });
}
