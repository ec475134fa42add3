import type { FactOf } from '../../evidence/observation.ts';
import { isDaemonName, isShimName, isShortLived } from '../../host/runtime-names.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import { startedAt } from '../machine.ts';
import type { Census } from './census.ts';
import type { Shim } from './membership.ts';

/** An OCI runtime or CNI plugin still there after this is slow; most end within one second. */
const LINGERS_MS = 30_000;

export interface CountsInput {
  readonly survey: Survey;
  readonly census: Census;
  readonly shims: readonly Shim[];
  readonly later: ReadonlyMap<number, string>;
  readonly bootedAt: number | null;
}

export function countProcesses(input: CountsInput): FactOf<'process-counts'> {
  const { survey, census, later } = input;
  const all = [...survey.processes.values()];
  return {
    type: 'process-counts',
    processes: all.length,
    threads: census.threads,
    byState: { ...census.byState },
    lastingZombies: all.filter((p) => p.state === 'Z' && later.get(p.pid) === 'Z').length,
    lingering: countLingering(all, input),
  };
}

function countLingering(all: readonly SurveyedProcess[], input: CountsInput): Record<string, number> {
  const lingering: Record<string, number> = {};
  const helpers = new Set(input.shims.filter((s) => s.role !== 'serve').map((s) => s.process.pid));
  for (const process of all) {
    const start = startedAt(process, input.bootedAt);
    if (start === null || input.survey.at - start < LINGERS_MS || !input.later.has(process.pid)) continue;
    if (!helpers.has(process.pid) && !isShortLivedHere(process, input.survey)) continue;
    // runc:[2:INIT] is runc, in the act of starting a container.
    const name = process.comm.split(':', 1)[0] ?? process.comm;
    lingering[name] = (lingering[name] ?? 0) + 1;
  }
  return lingering;
}

/** Some plugins have common names (`bridge`, `static`): only what a runtime, a shim, another such program or PID 1 keeps counts. */
function isShortLivedHere({ comm, ppid, args, state }: SurveyedProcess, survey: Survey): boolean {
  if (!isShortLived(comm) || args?.includes('daemon') || state === 'Z') return false;
  const parent = survey.processes.get(ppid)?.comm ?? '';
  return ppid === 1 || isDaemonName(parent) || isShimName(parent) || isShortLived(parent);
}
