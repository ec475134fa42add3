import type { ProbeContext } from './probe.ts';

/** Kept free before the budget ends, so that a second sample can still be taken and written. */
const RESERVE_MS = 400;

export interface TwoSamples<T> {
  readonly before: T;
  readonly after: T;
  /** What really passed between them, ms; never 0. */
  readonly windowMs: number;
}

/**
 * Takes a sample and, once the window is over (earlier where the budget nearly is), takes it again. The window runs from
 * start to start: the first sample may take its time without making the examination longer.
 * @param needsMs how long a window what the first sample showed needs, where that is longer than usual
 */
export async function sampleTwice<T>(
  context: ProbeContext,
  take: () => Promise<T>,
  needsMs: (before: T) => number = () => 0,
): Promise<TwoSamples<T>> {
  const { host } = context;
  const from = host.now();
  const before = await take();
  const windowMs = Math.max(context.windowMs, needsMs(before));
  await untilWindowEnds({ host, windowMs, deadline: context.deadline }, from, RESERVE_MS);
  const again = host.now();
  const after = await take();
  return { before, after, windowMs: Math.max(again - from, 1) };
}

/** @param reserveMs kept free before the budget ends, for the second sample and for writing what it showed */
export async function untilWindowEnds(
  { host, windowMs, deadline }: Pick<ProbeContext, 'host' | 'windowMs' | 'deadline'>,
  from: number,
  reserveMs: number,
): Promise<void> {
  const end = Math.min(from + windowMs, deadline - reserveMs);
  await host.sleep(Math.max(end - host.now(), 0));
}

/** Growth of a counter; a counter that was reset or wrapped did not go backwards. */
export function growth(before: number, after: number): number {
  return Math.max(after - before, 0);
}
