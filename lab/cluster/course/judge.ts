import { join } from 'node:path';
import type { Diagnosed } from '../../notready-cli.ts';
import { diagnoseRecording } from '../../recordings.ts';
import type { ExpectedSubject } from '../../scenario.ts';
import { NOTHING_WRONG } from '../../scenarios/healthy.ts';
import { clusterDifferences } from '../differences.ts';
import { judgeAll, ofFlaps } from '../flaps.ts';
import type { Judged } from '../forecasts.ts';
import type { HeldLook } from '../held.ts';
import type { ClusterScenario, ClusterTruth } from '../scenario.ts';
import type { Turn } from '../turns.ts';
import { type Course, lookFile } from './format.ts';
import { readCourse } from './read-course.ts';

const CALM: ClusterTruth = { ...NOTHING_WRONG, ready: 'True', shortened: [], notes: { en: '', zh: '' } };

/** What is so at one look of a scenario's course: before and after the fault, nothing is wrong. */
export function truthAt({ truth }: ClusterScenario, look: string): ClusterTruth {
  if (look === 'after' && truth.lingers === true) return { ...CALM, cause: truth.cause, exitCode: truth.exitCode };
  return isCalm(look) ? CALM : truth;
}

/** In what the diagnosis of one look differs from what was so then. */
function differencesAt(
  scenario: ClusterScenario,
  look: { readonly name: string; readonly subjects: readonly ExpectedSubject[] },
  diagnosed: Pick<Diagnosed, 'exitCode' | 'json'>,
): string[] {
  const found = clusterDifferences(truthAt(scenario, look.name), look, diagnosed);
  const asPresent = look.name === 'after' && diagnosed.json.verdict?.status === 'confirmed';
  return asPresent ? [...found, 'what is past is named as present'] : found;
}

/** A recorded course, diagnosed at each look. */
export interface JudgedCourse {
  readonly course: Course;
  /** As if they had just been held, `wrong` against the truth at each. */
  readonly looks: readonly HeldLook[];
  /** What Ready was at first, and each change of it. */
  readonly turns: readonly Turn[];
  /** What was foretold, and what came. */
  readonly forecasts: readonly Judged[];
  /** In what rhythm and forecasts differ from the truth. */
  readonly wrongOverTime: readonly string[];
}

/** Diagnoses every look of a course with today's notready. @throws UserError where a part of it cannot be read */
export async function judgeCourse(scenario: ClusterScenario, folder: string): Promise<JudgedCourse> {
  const course = await readCourse(folder);
  const at = (seconds: number): number => course.startedAt + seconds * 1000;
  const looks: HeldLook[] = [];
  for (const look of course.looks) {
    const diagnosed = { ...(await diagnoseRecording(join(folder, lookFile(look.name)))), text: '', tookMs: 0 };
    const wrong = differencesAt(scenario, look, diagnosed);
    looks.push({ name: look.name, ready: look.ready, at: at(look.at), diagnosed, wrong });
  }
  const turns = turnsOf(course);
  const held = looks.filter((l) => !isCalm(l.name));
  // From the last look on, the fault is being taken back.
  const until = held.at(-1)?.at ?? course.startedAt;
  const during = turns.filter((t) => t.at <= until);
  const forecasts = judgeAll(held, during, until);
  return { course, looks, turns, forecasts, wrongOverTime: ofFlaps(scenario.truth, held, during, forecasts) };
}

function isCalm(look: string): boolean {
  return look === 'before' || look === 'after';
}

function turnsOf({ startedAt, conditions }: Course): Turn[] {
  const ready = conditions
    .filter((c) => c.type === 'Ready')
    .map((c) => ({ at: startedAt + c.at * 1000, to: c.status }));
  return ready.filter((turn, i) => turn.to !== ready[i - 1]?.to);
}
