import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { KERNEL_SIGNALS } from '../../evidence/vocabulary/signal.ts';
import type { Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import type { Evidence } from '../cause.ts';
import { cite, isFresh } from './assessment.ts';
import { FRESH_MS } from './freshness.ts';
import { say } from './say.ts';

type Signal = (typeof KERNEL_SIGNALS)[number];
export type KernelLine = Observation<'kernel-signal'>;

/** Recent lines of the kernel log with these meanings that nothing has ended since, oldest first. */
export function freshKernel(view: CaseView, ...signals: readonly Signal[]): readonly KernelLine[] {
  return view
    .all('kernel-signal')
    .filter((o) => signals.includes(o.fact.signal) && o.fact.endedAt === undefined && isFresh(view, o))
    .toSorted((a, b) => a.at - b.at);
}

/** A kernel line quoted, with its age. */
export function quoteKernel(view: CaseView, o: KernelLine): Evidence {
  const ago = formatDuration(Math.max(0, view.now - o.at));
  return cite(o, say(`Kernel log, ${ago} ago: ${o.fact.line}`, `内核日志（${ago} 前）：${o.fact.line}`));
}

/** Whether texts are all there is: what stands in a paste was picked by someone, so that one line of it weighs more. */
export function isPasted(view: CaseView): boolean {
  return view.all('text-input').length > 0;
}

/** The kernel's log was read and goes back further than what counts as recent: then its silence is a word. */
export function quietKernel(view: CaseView, text: Text): readonly Evidence[] {
  const log = view.all('kernel-log').at(-1);
  const reaches = log !== undefined && log.fact.firstAt !== null && view.now - log.fact.firstAt >= FRESH_MS;
  return log !== undefined && reaches ? [cite(log, text)] : [];
}
