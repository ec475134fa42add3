import type { TimedKernelLine } from './kernel-complaints.ts';
import type { LogLine } from './signature.ts';
import type { PlacedKernelLine } from './text-reader.ts';

/** A line that has its place in time. */
export interface PlacedLine extends LogLine {
  readonly at: number;
}

export interface TimedLines {
  /** In the order of the text. */
  readonly placed: readonly PlacedLine[];
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Lines that are more than a minute older than one before them. */
  readonly outOfOrder: number;
}

const IN_ORDER_MS = 60_000;

/**
 * Gives each line a time: its own, else that of the line before it, else that of the first that has one, else `now`
 * (its time was cut off, and so was every other's).
 */
export function placeLines(lines: readonly LogLine[], now: number): TimedLines {
  const firstKnown = lines.find((line) => line.at !== null)?.at ?? null;
  const placed: PlacedLine[] = [];
  let [time, newest, outOfOrder] = [firstKnown ?? now, Number.NEGATIVE_INFINITY, 0];
  let oldest = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    time = line.at ?? time;
    if (newest - time > IN_ORDER_MS) outOfOrder += 1;
    newest = Math.max(newest, time);
    oldest = Math.min(oldest, time);
    placed.push({ ...line, at: time });
  }
  const known = firstKnown !== null;
  return { placed, firstAt: known ? oldest : null, lastAt: known ? newest : null, outOfOrder };
}

/**
 * Kernel lines in order of time. Where they tell only the kernel's own clock, a line that tells both joins the two; where
 * none does, the last of them is now.
 */
export function placeKernel(lines: readonly PlacedKernelLine[], now: number): readonly TimedKernelLine[] {
  const both = lines.find((line) => line.at !== null && line.seconds !== null);
  const last = lines.reduce((max, line) => Math.max(max, line.seconds ?? max), Number.NEGATIVE_INFINITY);
  const bootedAt = both ? (both.at ?? now) - (both.seconds ?? 0) * 1000 : now - last * 1000;
  let time = lines.find((line) => line.at !== null)?.at ?? now;
  const timed = lines.map((line): TimedKernelLine => {
    time = line.at ?? (line.seconds === null ? time : Math.round(bootedAt + line.seconds * 1000));
    return { at: Math.min(time, now), text: line.text };
  });
  // The sort is stable: a call trace stays below its complaint.
  return timed.toSorted((a, b) => a.at - b.at);
}
