import { UserError } from '../src/text/user-error.ts';
import { differences } from './compare.ts';
import { Lab } from './lab.ts';
import type { Live } from './live.ts';
import { diagnose, report } from './notready-cli.ts';
import { prepare } from './prepare.ts';
import { record } from './record.ts';
import type { RunFlags } from './run-flags.ts';
import type { Scenario, Staged } from './scenario.ts';
import { endOnSignals, untilSignal } from './signals.ts';
import * as say from './texts.ts';

/** `notready lab run` of a scenario on a runtime alone. @returns 0 where the diagnosis agrees with the truth, else 1 */
export async function runOnHost(scenario: Scenario, flags: RunFlags, live: Live): Promise<number> {
  if (flags.stock === true) throw new UserError(say.stockNeedsCluster(scenario.name));
  const { print } = live;
  await prepare(scenario.needs, flags['no-install'] !== true, print);
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    print(say.making(scenario.title, lab.folder));
    const staged = await live.wait(say.MAKING, scenario.run(lab));
    print(say.made(staged.look));
    if (flags.record !== undefined) {
      await live.wait(say.RECORDING, record(lab, staged, flags.record));
      print(say.recorded(flags.record));
    }
    if (flags.keep !== true) return await hold(scenario, staged, flags, live);
    if (flags.diagnose === true) await hold(scenario, staged, flags, live);
    print(say.KEPT);
    return await untilSignal();
  } finally {
    print(say.undone(await lab.close()));
    quiet();
  }
}

/** Holds a diagnosis against the truth. */
async function hold(scenario: Scenario, staged: Staged, flags: RunFlags, live: Live): Promise<number> {
  if (flags.diagnose === true) live.print(say.asIs(await live.wait(say.DIAGNOSING, report(staged, live.lang))));
  const diagnosed = await live.wait(say.DIAGNOSING, diagnose(staged, undefined, live.lang));
  const wrong = differences(scenario.truth, staged, diagnosed);
  live.print(say.held(diagnosed, scenario.truth, wrong));
  return wrong.length === 0 ? 0 : 1;
}
