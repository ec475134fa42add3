import { entityId } from '../evidence/entity.ts';
import type { SourceRecorder } from '../evidence/recorder.ts';
import type { Survey } from '../host/survey.ts';
import { observeGap } from './gaps.ts';
import { readArchitecture, readBootTime } from './machine.ts';
import { readMountTree } from './mounts/table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { isAdopted } from './processes/adoption.ts';
import { countProcesses } from './processes/counts.ts';
import { noteFrozenContainers } from './processes/frozen-cgroups.ts';
import { noteProcesses } from './processes/process-facts.ts';
import { selectProcesses, selectThreads } from './processes/selection.ts';
import { noteShims } from './processes/shim-facts.ts';
import { StuckThreads } from './processes/stuck-threads.ts';
import { sampleProcesses } from './processes/two-samples.ts';

/**
 * Who is in trouble, and what for: threads in uninterruptible sleep with the call, file, mount and device they wait
 * on; zombies and the threads that hold them; stopped shims; containers whose shim is gone.
 */
export const processesProbe: Probe = {
  name: 'processes',
  topics: ['processes', 'kernel-stacks', 'open-files'],
  run,
};

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const source = record.source(host.proc('*/task/*/stat'), 'ps -eLo pid,ppid,tid,stat,wchan:32,comm,args');
  const [samples, mounts, bootedAt, architecture] = await Promise.all([
    sampleProcesses(context),
    context.share(readMountTree),
    context.share(readBootTime),
    context.share(readArchitecture),
  ]);
  const { survey, census, shims, members, pairs, later, windowMs } = samples;
  const stuck = new Set(pairs.filter((pair) => pair.stuck).map((pair) => pair.after.pid));
  const all = [...survey.processes.values()];
  const adopted = new Set(all.filter((p) => isAdopted(p, members, shims, survey)).map((p) => p.pid));
  const { kept, cut } = selectProcesses({ survey, members, later, stuck, adopted });
  source.observe(countProcesses({ survey, census, shims, later, bootedAt }), [entityId.node()]);
  noteShims(record, source, { survey, shims, members, later, bootedAt });
  const hostMounts = mounts.ok ? mounts.value : null;
  const [frozen] = await Promise.all([
    noteFrozenContainers(context, members.values(), hostMounts),
    noteProcesses(context, source, { kept, members, later, adopted, bootedAt }),
  ]);
  const threads = new StuckThreads(context, { members, frozen, hostMounts, architecture, windowMs });
  await Promise.all(selectThreads(pairs).map((pair) => threads.note(pair)));
  threads.noteGaps(source);
  noteLimits(source, survey, [
    [census.skipped, 'processes whose threads were not looked at'],
    [samples.unwatched, 'blocked threads not watched'],
    [cut, 'processes in trouble not listed'],
  ]);
  source.end({ status: 'ok' });
}

function noteLimits(source: SourceRecorder, survey: Survey, limits: readonly (readonly [number, string])[]): void {
  for (const [count, what] of limits) {
    if (count > 0) observeGap(source, 'processes', 'budget', `${count} ${what}`);
  }
  // With hidepid (proc(5)) a process table without PID 1 is only our own.
  if (!survey.processes.has(1)) observeGap(source, 'processes', 'no-permission', 'PID 1 is hidden from us (hidepid)');
}
