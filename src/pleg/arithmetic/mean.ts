import type { Range } from './range.ts';

/** 97.5 % quantiles of Student's t by degrees of freedom, from 1. */
const STUDENT_T = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
const NORMAL_975 = 1.96;

/**
 * The mean of what a sample was drawn from, with its 95 % confidence interval: mean ± t(n - 1) x s / √n. The interval is
 * all numbers from 0 where one value alone is known. Null for an empty sample.
 * @param sample not negative
 */
export function meanOf(sample: readonly number[]): Range | null {
  const n = sample.length;
  if (n === 0) return null;
  const likely = sample.reduce((sum, v) => sum + v, 0) / n;
  if (n === 1) return { least: 0, likely, most: Number.POSITIVE_INFINITY };
  const variance = sample.reduce((sum, v) => sum + (v - likely) ** 2, 0) / (n - 1);
  const error = studentT(n - 1) * Math.sqrt(variance / n);
  return { least: Math.max(0, likely - error), likely, most: likely + error };
}

/** Past the table by t = z + (z³ + z) / 4n, off by less than 0.01 there. */
function studentT(freedom: number): number {
  return STUDENT_T[freedom - 1] ?? NORMAL_975 + (NORMAL_975 ** 3 + NORMAL_975) / (4 * freedom);
}
