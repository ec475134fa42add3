import type { ProbeContext } from './probe.ts';

/** Kept free before the budget ends, so that a second sample can still be taken and written. */
const RESERVE_MS = 400;

export interface TwoSamples<T> {
  readonly before: T;
  readonly after: T;
  /** What really passed between them, ms; never 0. */
  readonly windowMs: number;
}

/** Takes a sample, waits for the window (shorter where the budget is nearly over) and takes it again. */
export async function sampleTwice<T>(context: ProbeContext, take: () => Promise<T>): Promise<TwoSamples<T>> {
  const { host } = context;
  const before = await take();
  const taken = host.now();
  await host.sleep(Math.max(Math.min(context.windowMs, context.deadline - taken - RESERVE_MS), 0));
  const after = await take();
  return { before, after, windowMs: Math.max(host.now() - taken, 1) };
}

/** Growth of a counter; a counter that was reset or wrapped did not go backwards. */
export function growth(before: number, after: number): number {
  return Math.max(after - before, 0);
}
