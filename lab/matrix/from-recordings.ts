import { join } from 'node:path';
import { COURSES } from '../cluster/course/courses.ts';
import { lookFile } from '../cluster/course/format.ts';
import { differencesAt, truthAt } from '../cluster/course/judge.ts';
import { readCourse } from '../cluster/course/read-course.ts';
import type { ClusterScenario } from '../cluster/scenario.ts';
import { CLUSTER_SCENARIOS } from '../cluster/scenarios/index.ts';
import { differences } from '../compare.ts';
import { diagnoseRecording, RECORDED_SCENARIOS, RECORDINGS } from '../recordings.ts';
import type { Scenario } from '../scenario.ts';
import { type Judged, judge, type Outcome, tried } from './outcome.ts';

/** What today's notready makes of every recording. One that cannot be read is an outcome too. */
export async function outcomesOfRecordings(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const scenario of RECORDED_SCENARIOS) {
    outcomes.push(await tried(`host/${scenario.name}`, () => ofHost(scenario)));
  }
  for (const scenario of CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined)) {
    outcomes.push(await tried(`cluster/${scenario.name}`, () => ofCourse(scenario)));
  }
  return outcomes;
}

async function ofHost({ name, truth }: Scenario): Promise<Judged[]> {
  const diagnosed = await diagnoseRecording(join(RECORDINGS, `${name}.tar.gz`));
  // A recording does not know the names and pids of its day: its subjects are held against their kinds.
  const subjects = [] as const;
  const found = differences(truth, { subjects }, diagnosed);
  return [judge({ look: null, truth, subjects, json: diagnosed.json, differences: found })];
}

async function ofCourse(scenario: ClusterScenario): Promise<Judged[]> {
  const folder = join(COURSES, scenario.name);
  const { looks } = await readCourse(folder);
  const judged: Judged[] = [];
  for (const look of looks) {
    const diagnosed = await diagnoseRecording(join(folder, lookFile(look.name)));
    judged.push(
      judge({
        look: look.name,
        truth: truthAt(scenario, look.name),
        subjects: look.subjects,
        json: diagnosed.json,
        differences: differencesAt(scenario, look, diagnosed),
      }),
    );
  }
  return judged;
}
