import type { FactOf } from '../evidence/observation.ts';
import { type KernelSignal, matchKernelLine, matchKernelRecovery } from './signatures/kernel.ts';

const MAX_OF_A_SIGNAL = 50;
const DAY_MS = 24 * 3600 * 1000;

/** A line of the kernel log and when it was written, Unix ms. */
export interface TimedKernelLine {
  readonly at: number;
  readonly text: string;
}

/** What the kernel complained of, and when. */
export interface KernelComplaint {
  readonly at: number;
  readonly fact: FactOf<'kernel-signal'>;
}

/** The signals of the last day, the latest 50 of each, in the log's order. @param lines oldest first */
export function kernelComplaints(lines: readonly TimedKernelLine[], now: number): readonly KernelComplaint[] {
  const found: KernelComplaint[] = [];
  const counts = new Map<KernelSignal, number>();
  const recovered = new Map<string, number>();
  for (const { at, text } of lines.toReversed()) {
    if (now - at > DAY_MS) break;
    const over = matchKernelRecovery(text);
    for (const signal of over?.ends ?? []) recovered.set(`${signal} ${over?.device}`, at);
    const match = matchKernelLine(text);
    if (!match) continue;
    const count = (counts.get(match.signal) ?? 0) + 1;
    counts.set(match.signal, count);
    if (count > MAX_OF_A_SIGNAL) continue;
    const ended = recovered.get(`${match.signal} ${match.device}`);
    const fact = {
      type: 'kernel-signal',
      ...match,
      line: text,
      ...(ended !== undefined && { endedAt: ended }),
    } as const;
    found.push({ at, fact });
  }
  return found.reverse();
}
