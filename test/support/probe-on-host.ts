import { CaseRecorder } from '../../src/evidence/recorder.ts';
import { CaseView } from '../../src/evidence/view.ts';
import type { Host } from '../../src/host/host.ts';
import type { Probe } from '../../src/probes/probe.ts';
import { shareReads } from '../../src/probes/shared-reads.ts';

/** Runs one probe alone on any host, a live one too, and gives the case file it made, indexed. */
export async function runProbeOn(host: Host, probe: Probe, windowMs = 1000): Promise<CaseView> {
  const recorder = new CaseRecorder(() => host.now());
  await probe.run({
    ...shareReads(host, host.now() + 10_000),
    record: recorder.probe(probe.name),
    signal: new AbortController().signal,
    windowMs,
    endpoints: async () => [],
    options: { runtimeEndpoints: [], callTimeoutMs: 1000, stackDumps: false },
  });
  return new CaseView(recorder.finish('0.0.0'));
}
