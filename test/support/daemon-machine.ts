import { caseFileSchema } from '../../src/evidence/case-file.ts';
import { CaseRecorder } from '../../src/evidence/recorder.ts';
import { CaseView } from '../../src/evidence/view.ts';
import type { Endpoint } from '../../src/probes/endpoints.ts';
import type { Probe, ProbeOptions } from '../../src/probes/probe.ts';
import { shareReads } from '../../src/probes/shared-reads.ts';
import { type RecordedMachine, recordedHost } from './recorded-host.ts';

/**
 * Runs a probe of daemons on a recorded machine and returns what it wrote, read back through the schema so that a fact
 * that a bundle would not hold fails here.
 */
export async function examineMachine(
  probe: Probe,
  machine: RecordedMachine,
  endpoints: readonly Endpoint[] = [],
  options: Partial<ProbeOptions> = {},
): Promise<CaseView> {
  const host = recordedHost(machine);
  const recorder = new CaseRecorder(() => host.now());
  await probe.run({
    ...shareReads(host, host.now() + 60_000),
    record: recorder.probe(probe.name),
    signal: new AbortController().signal,
    windowMs: 1000,
    endpoints: async () => endpoints,
    options: { runtimeEndpoints: [], callTimeoutMs: 1000, stackDumps: false, ...options },
  });
  return new CaseView(caseFileSchema.parse(recorder.finish('test')));
}

/** /proc/PID/stat of a process that started 12 s after boot. */
export function statLine(pid: number, comm: string, ppid = 1, state = 'S'): string {
  return `${pid} (${comm}) ${state} ${ppid} ${pid} ${pid} 0 -1 4194560 900 0 0 0 5 3 0 0 20 0 4 0 1200 1000000 500 18446744073709551615`;
}
