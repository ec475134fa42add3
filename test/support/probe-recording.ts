import { caseFileSchema } from '../../src/evidence/case-file.ts';
import { CaseRecorder } from '../../src/evidence/recorder.ts';
import { CaseView } from '../../src/evidence/view.ts';
import type { Probe } from '../../src/probes/probe.ts';
import { shareReads } from '../../src/probes/shared-reads.ts';
import { type RecordedMachine, recordedHost } from './recorded-host.ts';

/** Runs one probe on a recorded machine, in a window of 1 s, and gives what it wrote as it reads back from a bundle. */
export async function probeRecording(probe: Probe, machine: RecordedMachine): Promise<CaseView> {
  const host = recordedHost(machine);
  const recorder = new CaseRecorder(() => host.now());
  await probe.run({
    ...shareReads(host, host.now() + 10_000),
    record: recorder.probe(probe.name),
    signal: new AbortController().signal,
    windowMs: 1000,
    endpoints: () => Promise.resolve([]),
    options: { runtimeEndpoints: [], callTimeoutMs: 1000, stackDumps: false },
  });
  return new CaseView(caseFileSchema.parse(recorder.finish('0.0.0')));
}

/** /proc/PID/stat of a process, as far as the process table needs it. */
export function statLine(pid: number, comm: string, ppid = 1, state = 'S'): string {
  return `${pid} (${comm}) ${state} ${ppid} ${pid} ${pid} 0 -1 4194560 900 0 0 0 5 3 0 0 20 0 4 0 1200 1000000 500\n`;
}
