// `node lab/record-all.ts [NAME...]`: makes every fault once more and keeps what notready saw of it in recordings/.
// A recording that is not diagnosed as the truth is not kept. On a machine that does nothing else: diagnosis looks at
// the whole host.
import { rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { differences } from './compare.ts';
import { stageIncident } from './incident.ts';
import { Lab } from './lab.ts';
import { diagnoseBundle } from './notready-cli.ts';
import { record } from './record.ts';
import type { Scenario } from './scenario.ts';
import { frozenFilesystem } from './scenarios/frozen-filesystem.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { endOnSignals } from './signals.ts';

const FOLDER = fileURLToPath(new URL('../recordings', import.meta.url));
const incident: Scenario = { ...frozenFilesystem, name: 'incident', run: stageIncident };

const names = process.argv.slice(2);
const chosen = [incident, ...SCENARIOS].filter((s) => names.length === 0 || names.includes(s.name));
for (const scenario of chosen) {
  const wrong = await recordOne(scenario);
  console.log(`${scenario.name}: ${wrong.length === 0 ? 'kept' : `not kept: ${wrong.join('; ')}`}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function recordOne(scenario: Scenario): Promise<readonly string[]> {
  const lab = new Lab();
  const quiet = endOnSignals(lab, ({ en }) => console.error(en));
  try {
    const staged = await scenario.run(lab);
    const file = `${FOLDER}/${scenario.name}.tar.gz`;
    await record(lab, staged, `${file}.new`);
    // Subjects are compared by kind only: paths and names were made impersonal.
    const wrong = differences(scenario.truth, { subjects: [] }, await diagnoseBundle(`${file}.new`));
    if (wrong.length === 0) await rename(`${file}.new`, file);
    return wrong;
  } finally {
    await lab.close();
    quiet();
  }
}
