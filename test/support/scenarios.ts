import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../lab/compare.ts';
import type { Lab } from '../../lab/lab.ts';
import { collect, diagnose, notready } from '../../lab/notready-cli.ts';
import type { Scenario, Staged } from '../../lab/scenario.ts';
import { SCENARIOS } from '../../lab/scenarios/index.ts';
import type { DiagnosisJson } from '../../src/report/schema.ts';

/** The default budget of a diagnosis, and room for the start of a process on a busy machine. */
const BUDGET_MS = 10_000;
const ROOM_MS = 5_000;

export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((s) => s.name === name);
  assert.ok(found, `no scenario ${name}`);
  return found;
}

/**
 * Makes the scenario, diagnoses it live by the command line alone, holds that against the truth, and takes the scenario
 * back; the lab's runtimes stay.
 * @param bundle do the same from a bundle too
 */
export async function holdsTrue(lab: Lab, scenario: Scenario, bundle: boolean): Promise<void> {
  const mark = lab.workspace.journal.mark();
  try {
    const staged = await scenario.run(lab);
    const live = await diagnose(staged.endpoints);
    assert.deepEqual(differences(scenario.truth, staged, live), [], 'the live diagnosis');
    assert.ok(live.tookMs < BUDGET_MS + ROOM_MS, `the diagnosis took ${live.tookMs} ms`);
    if (bundle) await fromBundle(lab, scenario, staged);
  } finally {
    assert.deepEqual(lab.undoSince(mark), [], 'all is taken back');
  }
}

async function fromBundle(lab: Lab, scenario: Scenario, staged: Staged): Promise<void> {
  const file = join(lab.folder, `${scenario.name}.bundle`);
  await collect(staged.endpoints, file);
  const once = await notready(['diagnose', '--bundle', file, '-o', 'json', '--lang', 'en']);
  const twice = await notready(['diagnose', '--bundle', file, '-o', 'json', '--lang', 'en']);
  rmSync(file);
  assert.equal(once.stdout, twice.stdout, 'a bundle always gives the same JSON');
  const diagnosed = { exitCode: once.code, json: JSON.parse(once.stdout) as DiagnosisJson };
  assert.deepEqual(differences(scenario.truth, staged, diagnosed), [], 'the diagnosis of its bundle');
}
