import type { FactOf } from '../evidence/observation.ts';
import { type KernelSignal, matchKernelLine, matchKernelRecovery } from './signatures/kernel.ts';

const MAX_OF_A_SIGNAL = 50;
const DAY_MS = 24 * 3600 * 1000;
/** While an interface is waited for the kernel says so every 10 s. Source: netdev_wait_allrefs in net/core/dev.c @ v6.12, v3.10. */
const WAIT_SAID_EVERY_MS = 10_000;
/** The log goes on and does not say it again. */
const WAIT_IS_OVER_MS = 35_000;

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
  const waits = new InterfaceWaits(lines.at(-1)?.at ?? now);
  for (const { at, text } of lines.toReversed()) {
    if (now - at > DAY_MS) break;
    const over = matchKernelRecovery(text);
    for (const signal of over?.ends ?? []) recovered.set(`${signal} ${over?.device}`, at);
    const match = matchKernelLine(text);
    if (!match) continue;
    const count = (counts.get(match.signal) ?? 0) + 1;
    counts.set(match.signal, count);
    if (count > MAX_OF_A_SIGNAL) continue;
    const isWait = match.signal === 'unregister-netdevice';
    const ended = isWait ? waits.endOf(match.device, at) : recovered.get(`${match.signal} ${match.device}`);
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

/** Waits for network interfaces, told of from the newest line to the oldest. */
class InterfaceWaits {
  readonly #logEndsAt: number;
  /** The next line of the same wait, by interface, and when that wait was over. */
  readonly #later = new Map<string | null, { readonly at: number; readonly endedAt: number | undefined }>();

  constructor(logEndsAt: number) {
    this.#logEndsAt = logEndsAt;
  }

  /** When the wait that a line tells of was over; undefined while it may last. */
  endOf(device: string | null, at: number): number | undefined {
    const next = this.#later.get(device);
    const isSaidAgain = next !== undefined && next.at - at < WAIT_IS_OVER_MS;
    const isOver = (next?.at ?? this.#logEndsAt) - at >= WAIT_IS_OVER_MS;
    const endedAt = isSaidAgain ? next.endedAt : isOver ? at + WAIT_SAID_EVERY_MS : undefined;
    this.#later.set(device, { at, endedAt });
    return endedAt;
  }
}
