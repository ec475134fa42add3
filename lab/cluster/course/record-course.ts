import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { impersonalJson } from '../../impersonal.ts';
import type { Lab } from '../../lab.ts';
import { record } from '../../record.ts';
import { diagnoseRecording } from '../../recordings.ts';
import type { Cluster } from '../cluster.ts';
import { type Held, type HoldOptions, hold, type Look } from '../hold.ts';
import type { ClusterScenario } from '../scenario.ts';
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
import { differencesAt } from './judge.ts';
import { keptLog, LogCourse } from './log-course.ts';
import { Watch } from './watch.ts';

/** A scenario held, and its course on disk. */
export interface Recorded {
  readonly held: Held;
  /** In what the diagnosis of the recording differs from the truth, by look; empty when it is right. */
  readonly wrong: readonly string[];
}

/**
 * Holds a scenario and keeps its whole course in a folder: each look as a bundle, what API server and kubelet said over
 * time, and the logs. Takes the place of a recording that is there once all of it is written.
 * @throws LabError as {@link hold} does; what was recorded until then is dropped
 */
export async function recordCourse(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  folder: string,
  options: HoldOptions = {},
): Promise<Recorded> {
  const temporary = `${folder}.new`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    const recorder = await CourseRecorder.start(cluster, lab, scenario, temporary);
    const onLook = async (look: Look): Promise<void> => {
      await recorder.look(look);
      await options.onLook?.(look);
    };
    let held: Held;
    try {
      held = await hold(cluster, lab, scenario, { ...options, onLook });
    } finally {
      await recorder.end();
    }
    const wrong = await judge(scenario, temporary, recorder.looks);
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
    return { held, wrong };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function judge(scenario: ClusterScenario, folder: string, looks: Course['looks']): Promise<string[]> {
  const wrong = await Promise.all(
    looks.map(async (look) => {
      const diagnosed = await diagnoseRecording(join(folder, lookFile(look.name)));
      return differencesAt(scenario, look, diagnosed).map((difference) => `${look.name}: ${difference}`);
    }),
  );
  return wrong.flat();
}

class CourseRecorder {
  looks: Course['looks'] = [];
  readonly #lab: Lab;
  readonly #header: Pick<Course, 'scenario' | 'runtime'>;
  readonly #folder: string;
  readonly #watch: Watch;
  readonly #logs: ReadonlyMap<string, LogCourse>;

  private constructor(lab: Lab, header: Pick<Course, 'scenario' | 'runtime'>, folder: string, parts: Parts) {
    this.#lab = lab;
    this.#header = header;
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
    const parts = { watch: await Watch.start(cluster), logs };
    return new CourseRecorder(lab, { scenario: scenario.name, runtime }, folder, parts);
  }

  async look({ name, staged, ready }: Look): Promise<void> {
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
