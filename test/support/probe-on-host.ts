import { CaseRecorder } from '../../src/evidence/recorder.ts';
import { CaseView } from '../../src/evidence/view.ts';
import type { Host } from '../../src/host/host.ts';
import { type Survey, survey } from '../../src/host/survey.ts';
import type { Probe } from '../../src/probes/probe.ts';

/** Runs one probe alone on any host, a live one too, and gives the case file it made, indexed. */
export async function runProbeOn(host: Host, probe: Probe, windowMs = 1000): Promise<CaseView> {
  const recorder = new CaseRecorder(() => host.now());
  let surveyed: Promise<Survey> | null = null;
  await probe.run({
    host,
    record: recorder.probe(probe.name),
    signal: new AbortController().signal,
    deadline: host.now() + 10_000,
    windowMs,
    survey: () => {
      surveyed ??= survey(host);
      return surveyed;
    },
    endpoints: async () => [],
    options: { runtimeEndpoints: [], callTimeoutMs: 1000, stackDumps: false },
  });
  return new CaseView(recorder.finish('0.0.0'));
}
