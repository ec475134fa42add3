import type { Host } from '../../host/host.ts';
import { parseProcStatus } from '../procfs/status.ts';
import { readThread, type WatchedThread } from './census.ts';

/** A thread at one moment, with what tells whether it has run since. */
export interface ThreadSample extends WatchedThread {
  readonly wchan: string | null;
  readonly contextSwitches: number | null;
}

/** A thread in both samples. */
export interface ThreadPair {
  readonly before: ThreadSample;
  readonly after: ThreadSample;
  /** In D, in the same place, without having run in between. */
  readonly stuck: boolean;
  readonly ofDeadLeader: boolean;
}

/** null where the thread is gone. */
export async function sampleThread(host: Host, watched: WatchedThread): Promise<ThreadSample | null> {
  const { pid, tid, ofDeadLeader } = watched;
  const base = `${pid}/task/${tid}`;
  const [thread, status, wchan] = await Promise.all([
    readThread(host, pid, tid),
    host.files.readText(host.proc(`${base}/status`), { maxBytes: 8192 }),
    host.files.readText(host.proc(`${base}/wchan`), { maxBytes: 256 }),
  ]);
  return (
    thread && {
      ...thread,
      ofDeadLeader,
      // `0`: not asleep, or hidden from us (needs PTRACE_MODE_READ_FSCREDS).
      wchan: wchan.ok && wchan.value !== '' && wchan.value !== '0' ? wchan.value : null,
      contextSwitches: status.ok ? parseProcStatus(status.value).contextSwitches : null,
    }
  );
}

export function pairThreads(before: readonly ThreadSample[], after: readonly ThreadSample[]): ThreadPair[] {
  const later = new Map(after.map((sample) => [sample.tid, sample]));
  return before.flatMap((first) => {
    const second = later.get(first.tid);
    if (!second) return [];
    return [{ before: first, after: second, stuck: hasNotMoved(first, second), ofDeadLeader: first.ofDeadLeader }];
  });
}

function hasNotMoved(before: ThreadSample, after: ThreadSample): boolean {
  if (before.state !== 'D' || after.state !== 'D' || before.wchan !== after.wchan) return false;
  // Without either sign there is nothing to tell one sleep from many.
  if (before.contextSwitches === null) return before.wchan !== null;
  return before.contextSwitches === after.contextSwitches;
}
