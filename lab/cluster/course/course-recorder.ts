import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { impersonalJson } from '../../impersonal.ts';
import type { Lab } from '../../lab.ts';
import { record } from '../../record.ts';
import type { Cluster } from '../cluster.ts';
import type { Look } from '../hold.ts';
import type { ClusterScenario } from '../scenario.ts';
import { paceOf } from '../timing.ts';
import {
  COURSE_FILE,
  COURSE_FORMAT,
  COURSE_FORMAT_VERSION,
  type Course,
  courseSchema,
  KUBELET_LOG,
  lookFile,
  RUNTIME_LOG,
} from './format.ts';
import { keptLog, LogCourse } from './log-course.ts';
import { untilSettled } from './settle.ts';
import { Watch } from './watch.ts';

/** What is known of a course from its start. */
type Header = Pick<Course, 'scenario' | 'runtime' | 'pace'>;

/** Keeps the course of one scenario in a folder. */
export class CourseRecorder {
  looks: Course['looks'] = [];
  readonly #cluster: Cluster;
  readonly #lab: Lab;
  readonly #header: Header;
  readonly #folder: string;
  readonly #watch: Watch;
  readonly #logs: ReadonlyMap<string, LogCourse>;

  private constructor(cluster: Cluster, lab: Lab, folder: string, parts: Parts) {
    this.#cluster = cluster;
    this.#lab = lab;
    this.#header = parts.header;
    this.#folder = folder;
    this.#watch = parts.watch;
    this.#logs = parts.logs;
  }

  static async start(cluster: Cluster, lab: Lab, scenario: ClusterScenario, folder: string): Promise<CourseRecorder> {
    const runtime = cluster.runtime.kind;
    const daemon = runtime === 'docker' ? await lab.dockerd() : await lab.containerd();
    const logs = new Map([
      [KUBELET_LOG, new LogCourse(cluster.kubelet.log)],
      [RUNTIME_LOG, new LogCourse(daemon.daemon.log)],
    ]);
    const header = { scenario: scenario.name, runtime, pace: paceOf(cluster.timing) };
    return new CourseRecorder(cluster, lab, folder, { header, watch: await Watch.start(cluster), logs });
  }

  async look({ name, staged, ready }: Look): Promise<void> {
    if (name === 'after') await untilSettled(this.#cluster);
    const at = this.#watch.since(Date.now());
    await record(this.#lab, staged, join(this.#folder, lookFile(name)));
    const subjects = impersonalJson(staged.subjects ?? [], this.#lab.folder).map((s) => ({
      ...s,
      anyOf: [...s.anyOf],
    }));
    this.looks = [...this.looks, { name, at, ready, subjects }];
  }

  /** Writes what goes over the whole course. */
  async end(): Promise<void> {
    const { startedAt } = this.#watch;
    const watched = await this.#watch.end();
    const course = courseSchema.parse({
      format: COURSE_FORMAT,
      formatVersion: COURSE_FORMAT_VERSION,
      ...this.#header,
      kubelet: this.#watch.kubeletVersion,
      startedAt,
      lasted: this.#watch.since(Date.now()),
      looks: this.looks,
      ...watched,
    });
    writeFileSync(join(this.#folder, COURSE_FILE), lineByLine(impersonalJson(course, this.#lab.folder)));
    for (const [file, log] of this.#logs) {
      const text = impersonalJson(keptLog(log.read()), this.#lab.folder);
      writeFileSync(join(this.#folder, file), gzipSync(text, { level: 9 }));
    }
  }
}

interface Parts {
  readonly header: Header;
  readonly watch: Watch;
  readonly logs: ReadonlyMap<string, LogCourse>;
}

/** JSON with one item of each series a line: small, and a change to it can be read. */
function lineByLine(course: Course): string {
  const fields = Object.entries(course).map(([name, value]) => {
    if (!Array.isArray(value) || value.every((item) => typeof item !== 'object')) {
      return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    }
    const items = value.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
    return `  ${JSON.stringify(name)}: [\n${items}\n  ]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}
