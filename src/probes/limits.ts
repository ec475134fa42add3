import { entityId } from '../evidence/entity.ts';
import type { Survey } from '../host/survey.ts';
import { noteCgroupPids } from './cgroupfs/note-pids.ts';
import { findDaemons } from './daemons/identify.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import { noteInotify } from './limits/inotify.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseLoadAverage } from './procfs/load-average.ts';
import { parseResourceLimits } from './procfs/resource-limits.ts';

/** Countable limits that a node runs into: tasks, open files, inotify instances. */
export const limitsProbe: Probe = { name: 'limits', topics: ['processes', 'open-files', 'cgroups'], run };

/** systemd sets fs.file-max to the largest number there is. */
const UNLIMITED = 2 ** 62;

async function run(context: ProbeContext): Promise<void> {
  const survey = await context.survey();
  await Promise.all([
    noteHostLimits(context),
    noteOpenFilesOfDaemons(context, survey),
    noteInotify(context),
    noteCgroupPids(context),
  ]);
}

async function noteHostLimits({ host, record }: ProbeContext): Promise<void> {
  const source = record.source(
    '/proc/sys/kernel/{pid_max,threads-max}, /proc/loadavg, /proc/sys/fs/file-nr',
    'sysctl kernel.pid_max kernel.threads-max fs.file-nr; cat /proc/loadavg',
  );
  const errors: string[] = [];
  const text = async (path: string): Promise<string> => {
    const read = await host.files.readText(host.proc(path));
    if (!read.ok) errors.push(read.error);
    return read.ok ? read.value.trim() : '';
  };
  const [pidMax, threadsMax, loadavg, fileNr] = await Promise.all(
    ['sys/kernel/pid_max', 'sys/kernel/threads-max', 'loadavg', 'sys/fs/file-nr'].map(text),
  );
  const node = [entityId.node()];
  const shared = { type: 'limit', scope: 'host', subject: 'host', hits: null } as const;
  const tasks = parseLoadAverage(`${loadavg}\n`)?.tasks;
  // Every thread takes a number below pid_max, so tasks are what counts, not processes.
  if (tasks !== undefined && pidMax)
    source.observe({ ...shared, resource: 'pids', used: tasks, max: Number(pidMax) }, node);
  if (tasks !== undefined && threadsMax)
    source.observe({ ...shared, resource: 'threads', used: tasks, max: Number(threadsMax) }, node);
  const [used, , max] = (fileNr ?? '').split(/\s+/).map(Number);
  if (used !== undefined && max !== undefined)
    source.observe({ ...shared, resource: 'open-files', used, max: max < UNLIMITED ? max : null }, node);
  const [error] = errors;
  if (error !== undefined) observeGap(source, 'processes', gapReason(error), `sysctl: ${error}`);
  source.end(sourceEnd(errors, 4));
}

/** A daemon that has reached its RLIMIT_NOFILE accepts no connection and starts no container. */
async function noteOpenFilesOfDaemons({ host, record }: ProbeContext, survey: Survey): Promise<void> {
  const daemons = findDaemons(survey);
  if (daemons.length === 0) return;
  const source = record.source(
    '/proc/PID/fd, /proc/PID/limits of the daemons',
    'ls /proc/PID/fd | wc -l; cat /proc/PID/limits',
  );
  const errors: string[] = [];
  await Promise.all(
    daemons.map(async ({ name, process: { pid } }) => {
      const [fds, limits] = await Promise.all([
        host.files.list(host.proc(`${pid}/fd`)),
        host.files.readText(host.proc(`${pid}/limits`)),
      ]);
      if (!fds.ok || !limits.ok) {
        const error = !fds.ok ? fds.error : limits.ok ? '' : limits.error;
        errors.push(error);
        observeGap(source, 'open-files', gapReason(error), `${name} ${pid}: ${error}`);
        return;
      }
      source.observe(
        {
          type: 'limit',
          resource: 'open-files',
          scope: 'process',
          subject: name,
          used: fds.value.length,
          max: parseResourceLimits(limits.value).get('Max open files')?.soft ?? null,
          hits: null,
        },
        [entityId.component(name, pid), entityId.process(pid)],
      );
    }),
  );
  source.end(sourceEnd(errors, daemons.length));
}
