import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import type { SourceRecorder } from '../evidence/recorder.ts';
import type { Source } from '../evidence/source.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { ReadError } from '../host/host.ts';

export type GapReason = FactOf<'gap'>['why'];

/** Errors by which the kernel says that there is no such thing (any more): no PSI in this kernel, a process that ended. */
const ABSENT: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENODEV',
  'ENXIO',
  'EOPNOTSUPP',
  'ENOTSUP',
  'ENOSYS',
  'ESRCH',
]);

/** What a failed read means for the question it was to answer. */
export function gapReason(error: ReadError): GapReason {
  if (ABSENT.has(error)) return 'absent';
  if (error === 'EACCES' || error === 'EPERM') return 'no-permission';
  if (error === 'STUCK') return 'stuck';
  return error === 'SKIPPED' ? 'budget' : 'failed';
}

/** Notes that something was not seen: `detail` names what, in words that need no translation (a path, an errno). */
export function observeGap(
  source: SourceRecorder,
  topic: Topic,
  why: GapReason,
  detail: string,
  { partial = true }: { partial?: boolean } = {},
): void {
  source.observe({ type: 'gap', topic, why, partial, detail }, [entityId.node()]);
}

/** How a source ends whose reads failed with these errors (none: it is `ok`). */
export function sourceEnd(
  errors: readonly ReadError[],
  reads = errors.length,
): { status: Source['status']; error?: string } {
  const first = errors[0];
  if (first === undefined) return { status: 'ok' };
  if (errors.length < reads) return { status: 'partial', error: first };
  return { status: gapReason(first) === 'absent' ? 'skipped' : 'failed', error: first };
}
