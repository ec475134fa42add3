import { join } from 'node:path';
import { COURSES } from '../cluster/course/courses.ts';
import { judgeCourse, truthAt } from '../cluster/course/judge.ts';
import type { ClusterScenario } from '../cluster/scenario.ts';
import { CLUSTER_SCENARIOS } from '../cluster/scenarios/index.ts';
import { differences } from '../compare.ts';
import { diagnoseRecording, RECORDED_SCENARIOS, RECORDINGS } from '../recordings.ts';
import type { Scenario } from '../scenario.ts';
import { type Judged, judge, type Outcome, tried } from './outcome.ts';

/** What today's notready makes of the recordings that are wanted. One that cannot be read is an outcome too. */
export async function outcomesOfRecordings(isWanted: (scenario: string) => boolean): Promise<Outcome[]> {
  const courses = CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined);
  const all = [
    ...RECORDED_SCENARIOS.map((s) => [`host/${s.name}`, () => ofHost(s)] as const),
    ...courses.map((s) => [`cluster/${s.name}`, () => ofCourse(s)] as const),
  ];
  const outcomes: Outcome[] = [];
  for (const [name, make] of all) if (isWanted(name)) outcomes.push(await tried(name, make));
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
  const { course, looks, wrongOverTime } = await judgeCourse(scenario, join(COURSES, scenario.name));
  return looks.map(({ name, diagnosed: { json }, wrong }, i) => {
    const subjects = course.looks[i]?.subjects ?? [];
    // What is wrong with the whole course is told with its last look.
    const differences = i === looks.length - 1 ? [...wrong, ...wrongOverTime] : wrong;
    return judge({ look: name, truth: truthAt(scenario, name), subjects, json, differences });
  });
}
