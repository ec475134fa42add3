import { fileURLToPath } from 'node:url';
import { diagnose } from '../src/diagnose/diagnose.ts';
import { readBundle } from '../src/evidence/bundle/bundle.ts';
import { toJson } from '../src/report/json.ts';
import type { DiagnosisJson } from '../src/report/schema.ts';
import { stageIncident } from './incident.ts';
import type { Scenario } from './scenario.ts';
import { frozenFilesystem } from './scenarios/frozen-filesystem.ts';
import { SCENARIOS } from './scenarios/index.ts';

/** What is kept of each fault of the lab. */
export const RECORDINGS = fileURLToPath(new URL('../recordings', import.meta.url));

/** The incident that notready starts from, on the runtime alone. */
const incident: Scenario = { ...frozenFilesystem, name: 'incident', run: stageIncident };

/** The scenarios of a host that are recorded, as `NAME.tar.gz`. */
export const RECORDED_SCENARIOS: readonly Scenario[] = [incident, ...SCENARIOS];

const TOOL = { name: 'notready', version: '0' };

/** What today's notready makes of a bundle. @throws UserError where it is none */
export async function diagnoseRecording(file: string): Promise<{ exitCode: number; json: DiagnosisJson }> {
  const diagnosis = diagnose(await readBundle(file));
  return { exitCode: diagnosis.verdict === null ? 0 : 1, json: toJson(diagnosis, 'en', TOOL) };
}
