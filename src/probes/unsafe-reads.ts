import { entityId } from '../evidence/entity.ts';
import type { ProbeRecorder } from '../evidence/recorder.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { Host, UnreadReport } from '../host/host.ts';
import { observeGap } from './gaps.ts';

/** Which question a read was to answer, by what it reads; the first that fits. Sockets and settings are the daemons'. */
const TOPICS_OF: readonly (readonly [RegExp, Topic])[] = [
  [/^statfs /, 'filesystems'],
  [/\/fd(?:info)?(?:\/|$)/, 'open-files'],
  [/\/(?:stack|syscall)$/, 'kernel-stacks'],
  [/\/mountinfo$/, 'mounts'],
  [/ \/sys\/block/, 'disks'],
  [/\/fs\/cgroup\//, 'cgroups'],
  [/\/proc\/\d+\//, 'processes'],
];

/** A read that hung is evidence in itself. */
export function noteStuckReads(record: ProbeRecorder, host: Host): void {
  const reports = host.files.stuck();
  if (reports.length === 0) return;
  const source = record.source('hang-safe reads', null);
  for (const report of reports) source.observe({ type: 'stuck-read', ...report }, [entityId.node()]);
  source.end({ status: 'ok' });
}

/** Reads that were not done because no process could be started to do them in: as gaps, with how many and an example. */
export function noteUnreadReads(record: ProbeRecorder, host: Host): void {
  const reports = host.files.unread();
  const [first] = reports;
  if (first === undefined) return;
  const source = record.source('reads that could hang', null);
  for (const [topic, unread] of Map.groupBy(reports, topicOf)) {
    const [{ operation, path } = first] = unread;
    const detail = `${unread.length} reads left out, such as ${operation} ${path}: no process could be started for them: ${first.error}`;
    observeGap(source, topic, 'failed', detail);
  }
  source.end({ status: 'partial', error: first.error });
}

function topicOf({ operation, path }: UnreadReport): Topic {
  return TOPICS_OF.find(([pattern]) => pattern.test(`${operation} ${path}`))?.[1] ?? 'components';
}
