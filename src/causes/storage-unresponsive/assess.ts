import type { CaseView } from '../../evidence/view.ts';
import { joinTexts } from '../../text/text.ts';
import type { Assessment, Evidence, Missing } from '../cause.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { memoised } from '../support/memo.ts';
import { missing, missingOf } from '../support/missing.ts';
import { count, say } from '../support/say.ts';
import {
  isDead,
  isFuseHeld,
  isOff,
  isStorageComplaint,
  type StorageTrouble,
  storageTroubles,
} from '../support/storage-troubles.ts';
import { hungTaskOf } from '../support/stuck-threads.ts';
import { evidenceOf, subjectsOf, summarise } from './describe.ts';

interface Graded extends Grade {
  readonly trouble: StorageTrouble;
}

/** Storages that do not answer, the surest first, then by the number of threads that wait. */
const ranked = memoised((view: CaseView): readonly Graded[] =>
  storageTroubles(view)
    .map((trouble) => ({ trouble, ...grade(view, trouble) }))
    .toSorted((a, b) => b.confidence - a.confidence || b.trouble.threads.length - a.trouble.threads.length),
);

/** Every storage the verdict may name: those as sure as the surest. */
export function blamedStorages(view: CaseView): readonly StorageTrouble[] {
  const all = ranked(view);
  return all.filter((t) => t.status === all[0]?.status).map((t) => t.trouble);
}

/** Holds storage against the case: the storage that most threads wait for leads, others are named after it. */
export function assessStorage(view: CaseView): Assessment {
  const worst = ranked(view)[0];
  if (worst === undefined) return withoutTrouble(view);
  const blamed = blamedStorages(view);
  return held({
    status: worst.status,
    ...weigh(worst.restsOn),
    subjects: blamed.flatMap(subjectsOf),
    evidence: blamed.flatMap((t) => evidenceOf(view, t)),
    missing: stacksMissing(view, worst.trouble),
    summary: joinTexts(
      blamed.map((t) => summarise(view, t)),
      say(' ', ''),
    ),
  });
}

/** Nobody waits; the kernel may have complained all the same. */
function withoutTrouble(view: CaseView): Assessment {
  const complaints = view.all('kernel-signal').filter((o) => isStorageComplaint(view, o));
  const against = inOrder(view);
  if (complaints.length === 0) return notSeen(against, missingOf(view, ['processes', 'filesystems']), 'processes');
  return held({
    status: 'possible',
    ...weigh('hint'),
    subjects: [],
    evidence: complaints.slice(-3).map((o) => cite(o, say(`Kernel log: ${o.fact.line}`, `内核日志：${o.fact.line}`))),
    against,
    missing: missingOf(view, ['processes', 'filesystems']),
    summary: say(
      'The kernel logged storage errors in the last 10 minutes, but nothing is seen to wait for storage now.',
      '最近 10 分钟内核记录了存储错误，但目前没有看到任何等待存储的情况。',
    ),
  });
}

type Grade = { readonly status: 'confirmed' | 'likely' } & ReturnType<typeof weigh>;

function grade(view: CaseView, t: StorageTrouble): Grade {
  if (t.statfs?.fact.outcome === 'stuck' || t.stuckReads.length > 0)
    return { status: 'confirmed', ...weigh('hangWithCulprit') };
  if (t.fault === 'frozen') return gradeFrozen(t);
  const waited = t.threads.length > 0;
  const culprit = isShown(view, t);
  if (waited && culprit) return { status: 'confirmed', ...weigh('hangWithCulprit') };
  if (culprit && isUsed(view, t)) return { status: 'confirmed', ...weigh('hangAlone') };
  if (culprit) return { status: 'likely', ...weigh('heldProcess') };
  return { status: 'likely', ...weigh('circumstantial') };
}

function gradeFrozen(t: StorageTrouble): Grade {
  const byStack = t.threads.some((x) => x.wait.kind === 'frozen-filesystem' && x.wait.fromStack);
  if (byStack) return { status: 'confirmed', ...weigh('kernelStack') };
  // Without the stack, the semaphore could be another one; on a file of a known mount no other fits.
  if (t.mount !== null) return { status: 'confirmed', ...weigh('waitChannel') };
  return { status: 'likely', ...weigh('circumstantial') };
}

/** The storage's own side shows the fault: its server is gone, its device is off, the kernel complains. */
function isShown(view: CaseView, t: StorageTrouble): boolean {
  return (
    (t.statfs !== null && isDead(t.statfs)) ||
    (t.fuse !== null && isFuseHeld(t.fuse)) ||
    (t.blockDevice !== null && isOff(t.blockDevice)) ||
    t.kernel.length > 0 ||
    t.threads.some((x) => hungTaskOf(view, x) !== null)
  );
}

function isUsed(view: CaseView, t: StorageTrouble): boolean {
  return t.mounts.some((m) => {
    const path = view.fact(m, 'mount')?.mountPoint ?? '';
    return view.from(m, 'mounts').length > 0 || view.from(m, 'uses').length > 0 || path.startsWith('/var/lib/kubelet/');
  });
}

function stacksMissing(view: CaseView, trouble: StorageTrouble): Missing[] {
  const unseen = trouble.threads.length > 0 && trouble.threads.every((t) => t.observation.fact.stack === null);
  return unseen ? [missing('kernel-stacks', view)] : missingOf(view, ['kernel-stacks']);
}

/** What speaks against: no thread stays in D, every filesystem answers. */
function inOrder(view: CaseView): Evidence[] {
  const counts = view
    .all('process-counts')
    .map((o) =>
      cite(
        o,
        say(
          `${count(o.fact.threads, 'thread')} of ${count(o.fact.processes, 'process', 'processes')} looked at twice: none is stuck waiting for storage.`,
          `对 ${o.fact.processes} 个进程的 ${o.fact.threads} 个线程看了两次：没有线程卡在等待存储上。`,
        ),
      ),
    );
  const answered = view.all('statfs').filter((o) => o.fact.outcome === 'ok');
  const slowest = answered.toSorted((a, b) => b.fact.tookMs - a.fact.tookMs)[0];
  // A list of someone else's that names a few filesystems is no look at all of them.
  if (slowest === undefined || !view.examined('filesystems')) return counts;
  const text = say(
    `${count(answered.length, 'filesystem')} answered statfs, the slowest in ${Math.round(slowest.fact.tookMs)} ms.`,
    `${answered.length} 个文件系统的 statfs 都有响应，最慢 ${Math.round(slowest.fact.tookMs)} ms。`,
  );
  return [...counts, cite(slowest, text)];
}
