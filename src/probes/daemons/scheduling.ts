import { entityId } from '../../evidence/entity.ts';
import type { ProbeRecorder } from '../../evidence/recorder.ts';
import type { Host } from '../../host/host.ts';
import { gapReason, observeGap, sourceEnd } from '../gaps.ts';
import { parseSchedStat, type SchedStat } from '../procfs/schedstat.ts';
import { growth, type TwoSamples } from '../window.ts';
import type { Daemon } from './identify.ts';

const MAX_THREADS = 2000;

type ThreadTimes = ReadonlyMap<string, SchedStat>;
export interface SchedulingSample {
  readonly times: ThreadTimes;
  readonly error: string | null;
}

/** CPU time and waiting time of every thread of the daemons, in their order. */
export function sampleScheduling(host: Host, daemons: readonly Daemon[]): Promise<SchedulingSample[]> {
  return Promise.all(daemons.map(({ process }) => readThreadTimes(host, process.pid)));
}

/** How much CPU each daemon got between two samples and how long its threads stood in line for one. */
export function noteScheduling(
  record: ProbeRecorder,
  daemons: readonly Daemon[],
  { before, after, windowMs }: TwoSamples<readonly SchedulingSample[]>,
): void {
  if (daemons.length === 0) return;
  const source = record.source('/proc/PID/task/*/schedstat of the daemons', 'cat /proc/PID/task/*/schedstat');
  const errors: string[] = [];
  daemons.forEach(({ name, process }, i) => {
    const [first, second] = [before[i], after[i]];
    if (!first || !second) return;
    if (second.error !== null && second.times.size === 0) {
      errors.push(second.error);
      observeGap(source, 'cgroups', gapReason(second.error), `${name}: schedstat: ${second.error}`);
      return;
    }
    source.observe({ type: 'scheduling', windowMs, ...grown(first.times, second.times) }, [
      entityId.component(name, process.pid),
    ]);
  });
  source.end(sourceEnd(errors, daemons.length));
}

async function readThreadTimes(host: Host, pid: number): Promise<SchedulingSample> {
  const tids = await host.files.list(host.proc(`${pid}/task`));
  if (!tids.ok) return { times: new Map(), error: tids.error };
  const reads = await Promise.all(
    tids.value
      .slice(0, MAX_THREADS)
      .map(async (tid) => [tid, await host.files.readText(host.proc(`${pid}/task/${tid}/schedstat`))] as const),
  );
  const times = new Map<string, SchedStat>();
  let error: string | null = null;
  for (const [tid, read] of reads) {
    const stat = read.ok ? parseSchedStat(read.value) : null;
    if (stat) times.set(tid, stat);
    else error ??= read.ok ? 'EINVAL' : read.error;
  }
  return { times, error };
}

/** Summed over threads; one that began in the window counts from its start, one that ended is lost. */
function grown(before: ThreadTimes, after: ThreadTimes): { onCpuMs: number; waitedMs: number } {
  let [onCpuNs, waitedNs] = [0, 0];
  for (const [tid, second] of after) {
    const first = before.get(tid);
    onCpuNs += growth(first?.onCpuNs ?? 0, second.onCpuNs);
    waitedNs += growth(first?.waitedNs ?? 0, second.waitedNs);
  }
  return { onCpuMs: onCpuNs / 1e6, waitedMs: waitedNs / 1e6 };
}
