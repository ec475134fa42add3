// `node lab/record-all.ts [NAME...]`: makes every fault once more and keeps what notready saw of it in recordings/, those
// on a real kubelet over their whole course; `host/NAME` and `cluster/NAME` tell two of one name apart.
// A recording that is not diagnosed as the truth is not kept. On a machine that does nothing else: diagnosis looks at
// the whole host.
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '../src/text/text.ts';
import { getBinaries } from './cluster/binaries.ts';
import { COURSES } from './cluster/course/courses.ts';
import { recordCourse } from './cluster/course/record-course.ts';
import { onClusters } from './cluster/groups.ts';
import type { ClusterScenario } from './cluster/scenario.ts';
import { CLUSTER_SCENARIOS } from './cluster/scenarios/index.ts';
import { differences } from './compare.ts';
import { textOf } from './errors.ts';
import { Lab } from './lab.ts';
import { record } from './record.ts';
import { diagnoseRecording, RECORDED_SCENARIOS, RECORDINGS } from './recordings.ts';
import type { Scenario } from './scenario.ts';
import { endOnSignals } from './signals.ts';

const names = process.argv.slice(2);
const isChosen = (kind: string) => (s: { readonly name: string }) =>
  names.length === 0 || names.includes(s.name) || names.includes(`${kind}/${s.name}`);

for (const scenario of RECORDED_SCENARIOS.filter(isChosen('host'))) told(scenario.name, await recordOne(scenario));
await recordCourses(CLUSTER_SCENARIOS.filter(isChosen('cluster')));

function told(name: string, wrong: readonly string[]): void {
  console.log(`${name}: ${wrong.length === 0 ? 'kept' : `not kept: ${wrong.join('; ')}`}`);
  if (wrong.length > 0) process.exitCode = 1;
}

async function recordOne(scenario: Scenario): Promise<readonly string[]> {
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    const staged = await scenario.run(lab);
    const file = join(RECORDINGS, `${scenario.name}.tar.gz`);
    await record(lab, staged, `${file}.new`);
    // Subjects are compared by kind only: paths and names were made impersonal.
    const wrong = differences(scenario.truth, { subjects: [] }, await diagnoseRecording(`${file}.new`));
    if (wrong.length === 0) await rename(`${file}.new`, file);
    return wrong;
  } finally {
    await lab.close();
    quiet();
  }
}

async function recordCourses(scenarios: readonly ClusterScenario[]): Promise<void> {
  if (scenarios.length === 0) return;
  const binaries = await getBinaries(print);
  await onClusters(scenarios, binaries, {
    visit: async (scenario, cluster, lab) => {
      const folder = join(COURSES, scenario.name);
      await rm(`${folder}.new`, { recursive: true, force: true });
      const { wrong } = await recordCourse(cluster, lab, scenario, `${folder}.new`, { print });
      told(`cluster/${scenario.name}`, wrong);
      if (wrong.length > 0) return;
      await rm(folder, { recursive: true, force: true });
      await rename(`${folder}.new`, folder);
    },
    failed: (scenario, error) => told(`cluster/${scenario.name}`, [textOf(error).en]),
    print,
  });
}

function print({ en }: Text): void {
  console.error(en);
}
