import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { KERNEL_SIGNALS } from '../evidence/vocabulary/signal.ts';
import type { Episode, EpisodeKind } from './episode.ts';
import { moment } from './make.ts';
import { mergeBySubject } from './merge.ts';

type Signal = (typeof KERNEL_SIGNALS)[number];

const KINDS: Readonly<Record<Signal, EpisodeKind>> = {
  'hung-task': 'hung-task',
  'oom-kill': 'oom-kill',
  'soft-lockup': 'cpu-stuck',
  'hard-lockup': 'cpu-stuck',
  'rcu-stall': 'cpu-stuck',
  'io-error': 'storage-trouble',
  'filesystem-error': 'storage-trouble',
  'remounted-read-only': 'storage-trouble',
  'nfs-not-responding': 'storage-trouble',
  'unregister-netdevice': 'kernel-trouble',
  'machine-check': 'kernel-trouble',
  oops: 'kernel-trouble',
  'page-allocation-failure': 'kernel-trouble',
  'transmit-timeout': 'kernel-trouble',
  'medium-error': 'storage-trouble',
  'pcie-error': 'kernel-trouble',
  'gpu-error': 'kernel-trouble',
  overheated: 'kernel-trouble',
  'clock-unstable': 'kernel-trouble',
  'going-down': 'kernel-trouble',
};

/** khungtaskd looks, and warns of a task that hangs still, every hung_task_timeout_secs: 120 s by default (kernel/hung_task.c). */
const AGAIN_MS = 130_000;

/** What the kernel's log tells of tasks that hang, of kills for want of memory, of storage and processors in trouble. */
export function kernelEpisodes(view: CaseView): readonly Episode[] {
  return mergeBySubject(
    view.all('kernel-signal').map((o) => fromSignal(o)),
    AGAIN_MS,
  );
}

function fromSignal(o: Observation<'kernel-signal'>): Episode {
  const { signal, task, pid, device, seconds, endedAt } = o.fact;
  const who = task !== null && pid !== null ? `${task}[${pid}]` : (device ?? task);
  const hung = signal === 'hung-task' || signal === 'nfs-not-responding';
  return moment(KINDS[signal], o, {
    subject: who,
    from: o.at - Math.max(0, seconds ?? 0) * 1000,
    to: Math.max(o.at, endedAt ?? o.at),
    ended: hung && endedAt === undefined ? 'unknown' : 'seen',
  });
}
