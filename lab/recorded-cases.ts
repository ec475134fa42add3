import { join } from 'node:path';
import { COURSES } from './cluster/course/courses.ts';
import { lookFile } from './cluster/course/format.ts';
import { truthAt } from './cluster/course/judge.ts';
import { readCourse } from './cluster/course/read-course.ts';
import { CLUSTER_SCENARIOS } from './cluster/scenarios/index.ts';
import { RECORDED_SCENARIOS, RECORDINGS } from './recordings.ts';
import type { Truth } from './scenario.ts';

/** One bundle of the recordings, with what was so when it was made. */
export interface RecordedCase {
  /** `host/incident`, `cluster/hung-shim/not-ready-1` */
  readonly id: string;
  /** `host/incident`, `cluster/hung-shim` */
  readonly scenario: string;
  readonly file: string;
  readonly truth: Truth;
}

/** Every recorded bundle: one of each scenario of a host, and each look at a cluster's node. */
export async function recordedCases(): Promise<RecordedCase[]> {
  const onHost = RECORDED_SCENARIOS.map(({ name, truth }): RecordedCase => {
    const scenario = `host/${name}`;
    return { id: scenario, scenario, file: join(RECORDINGS, `${name}.tar.gz`), truth };
  });
  const recorded = CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined);
  const onCluster = await Promise.all(
    recorded.map(async (cluster) => {
      const folder = join(COURSES, cluster.name);
      const { looks } = await readCourse(folder);
      return looks.map(({ name }): RecordedCase => {
        const scenario = `cluster/${cluster.name}`;
        const file = join(folder, lookFile(name));
        return { id: `${scenario}/${name}`, scenario, file, truth: truthAt(cluster, name) };
      });
    }),
  );
  return [...onHost, ...onCluster.flat()];
}
