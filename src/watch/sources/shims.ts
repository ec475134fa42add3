import type { Host } from '../../host/host.ts';
import { createLinuxHost } from '../../host/linux-host.ts';
import { survey as readSurvey, type Survey } from '../../host/survey.ts';
import { systemClock } from '../../pleg/runtimes/system-clock.ts';
import type { Shim } from '../../probes/processes/membership.ts';
import { findShims } from '../../probes/processes/shims.ts';
import type { ShimLook } from '../model/news.ts';
import { type Looked, lookEvery, type RunningSource, type Tell } from './source.ts';

const EVERY_MS = 3000;

/** A hung container, and what else its shim may go by: where one shim serves a whole pod it bears the sandbox's id. */
export interface ShimOf {
  readonly id: string;
  readonly sandboxes: readonly string[];
}

/** The shims of hung containers. The process table is read only while something hangs. */
export function watchShims(hung: () => readonly ShimOf[], tell: Tell): RunningSource {
  let host: Host | null = null;
  const close = (): void => {
    host?.files.close();
    host = null;
  };
  const look = async (signal: AbortSignal): Promise<Looked> => {
    const wanted = hung();
    if (wanted.length === 0) {
      close();
      return { ok: true };
    }
    host ??= createLinuxHost();
    const survey = await surveyOf(host);
    if (signal.aborted) close();
    else if (typeof survey === 'string') return { ok: false, why: survey };
    else tell({ type: 'shims', at: systemClock.now(), shims: shimsOf(wanted, survey) });
    return { ok: true };
  };
  const running = lookEvery(EVERY_MS, 'shims', tell, look);
  return {
    stop: () => {
      running.stop();
      close();
    },
  };
}

/** @returns why it could not be read, else */
async function surveyOf(host: Host): Promise<Survey | string> {
  try {
    return await readSurvey(host);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function shimsOf(wanted: readonly ShimOf[], survey: Survey): ReadonlyMap<string, ShimLook | null> {
  const shims = new Map(
    findShims(survey)
      .filter((s) => s.role === 'serve')
      .map((s) => [s.containerId, s]),
  );
  return new Map(
    wanted.map(({ id, sandboxes }) => {
      const shim = [id, ...sandboxes].flatMap((key) => shims.get(key) ?? [])[0];
      return [id, shim === undefined ? null : lookAt(shim, survey)];
    }),
  );
}

function lookAt({ process }: Shim, survey: Survey): ShimLook {
  const below = [...survey.processes.values()].filter((p) => p.ppid === process.pid);
  return {
    pid: process.pid,
    state: process.state,
    processes: below.length,
    inKernel: below.filter((p) => p.state === 'D').length,
  };
}
