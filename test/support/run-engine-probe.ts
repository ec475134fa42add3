import type { CaseFile } from '../../src/evidence/case-file.ts';
import { CaseRecorder } from '../../src/evidence/recorder.ts';
import type { Survey } from '../../src/host/survey.ts';
import type { Endpoint } from '../../src/probes/endpoints.ts';
import type { Probe } from '../../src/probes/probe.ts';
import { shareReads } from '../../src/probes/shared-reads.ts';
import { recordedHost } from './recorded-host.ts';

export interface ProbeRun {
  readonly endpoints: readonly Endpoint[];
  readonly survey?: Survey;
  readonly callTimeoutMs?: number;
  readonly budgetMs?: number;
}

/** Runs one probe of runtime sockets on given endpoints and returns what it wrote. */
export async function runEngineProbe(probe: Probe, run: ProbeRun): Promise<CaseFile> {
  const host = recordedHost({});
  const recorder = new CaseRecorder(() => host.now());
  await probe.run({
    ...shareReads(
      host,
      host.now() + (run.budgetMs ?? 60_000),
      async () => run.survey ?? { at: host.now(), processes: new Map() },
    ),
    record: recorder.probe(probe.name),
    signal: new AbortController().signal,
    windowMs: 0,
    endpoints: async () => run.endpoints,
    options: { runtimeEndpoints: [], callTimeoutMs: run.callTimeoutMs ?? 10_000, stackDumps: false },
  });
  return recorder.finish('test');
}
