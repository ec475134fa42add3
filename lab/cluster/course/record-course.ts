import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../../src/text/user-error.ts';
import type { Lab } from '../../lab.ts';
import type { Cluster } from '../cluster.ts';
import { type Held, type HoldOptions, hold, type Look } from '../hold.ts';
import type { ClusterScenario } from '../scenario.ts';
import { CourseRecorder } from './course-recorder.ts';
import { judgeCourse } from './judge.ts';

/** A scenario held, and its course on disk. */
export interface Recorded {
  readonly held: Held;
  /** In what the diagnosis of the recording differs from the truth, by look; empty when it is right. */
  readonly wrong: readonly string[];
}

/**
 * Holds a scenario and keeps its whole course in a folder: each look as a bundle, what API server and kubelet said over
 * time, and the logs. The folder is there once all of it is written.
 * @throws LabError as {@link hold} does; what was recorded until then is dropped
 * @throws UserError as {@link checkFolder}
 */
export async function recordCourse(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  folder: string,
  options: HoldOptions = {},
): Promise<Recorded> {
  checkFolder(folder);
  mkdirSync(dirname(resolve(folder)), { recursive: true });
  const temporary = mkdtempSync(`${resolve(folder)}.`);
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
    const { looks, wrongOverTime } = await judgeCourse(scenario, temporary);
    const wrong = [...looks.flatMap((look) => look.wrong.map((w) => `${look.name}: ${w}`)), ...wrongOverTime];
    renameSync(temporary, folder);
    return { held, wrong };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @throws UserError where a course cannot go into a folder, since something is there */
export function checkFolder(folder: string): void {
  if (!existsSync(folder) || (statSync(folder).isDirectory() && readdirSync(folder).length === 0)) return;
  throw new UserError({ en: `${folder}: not an empty folder`, zh: `${folder}：不是空目录` });
}
