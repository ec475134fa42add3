import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../lab/compare.ts';
import type { Lab } from '../../lab/lab.ts';
import { diagnose, diagnoseBundle } from '../../lab/notready-cli.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { SCENARIOS } from '../../lab/scenarios/index.ts';

/** The default budget of a diagnosis, and room for the start of a process on a busy machine. */
const BUDGET_MS = 10_000;
const ROOM_MS = 5_000;

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((s) => s.name === name);
  assert.ok(found, `no scenario ${name}`);
  return found;
}

/**
 * Makes the scenario, diagnoses it live by the command line alone, holds that against the truth and against the
 * diagnosis of its bundle, and takes the scenario back; the lab's runtimes stay.
 */
export async function holdsTrue(lab: Lab, scenario: Scenario): Promise<void> {
  const mark = lab.workspace.journal.mark();
  const bundle = join(lab.folder, `${scenario.name}.bundle`);
  try {
    const staged = await scenario.run(lab);
    const live = await diagnose(staged, bundle);
    assert.deepEqual(differences(scenario.truth, staged, live), [], 'the live diagnosis');
    assert.ok(live.tookMs < BUDGET_MS + ROOM_MS, `the diagnosis took ${live.tookMs} ms`);
    assert.equal((await diagnoseBundle(bundle)).text, live.text, 'its bundle gives the same JSON, byte for byte');
  } finally {
    rmSync(bundle, { force: true });
    assert.deepEqual(lab.undoSince(mark), [], 'all is taken back');
  }
}
