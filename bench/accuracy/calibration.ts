/** A verdict that names a cause: how sure it was, and whether it was right. */
export interface Claim {
  readonly confidence: number;
  readonly right: boolean;
}

export interface Bucket {
  readonly from: number;
  /** Not included, but for the last. */
  readonly to: number;
  readonly claims: number;
  readonly meanConfidence: number;
  readonly right: number;
}

export interface Calibration {
  readonly buckets: readonly Bucket[];
  /** Mean of (confidence - right)²: 0 is perfect, 0.25 is what "fifty-fifty" gives on anything. null without claims. */
  readonly brier: number | null;
  /** Expected calibration error: mean distance between confidence and share of right, weighed by the buckets' claims. */
  readonly error: number | null;
}

const EDGES = [0, 0.5, 0.65, 0.8, 0.9, 1] as const;

/** Whether what is said with confidence 0.9 is right nine times of ten. */
export function calibrate(claims: readonly Claim[]): Calibration {
  const buckets = EDGES.slice(1).flatMap((to, i) => bucketOf(claims, EDGES[i] ?? 0, to));
  if (claims.length === 0) return { buckets, brier: null, error: null };
  const off = buckets.reduce((sum, b) => sum + b.claims * Math.abs(b.meanConfidence - b.right / b.claims), 0);
  return {
    buckets,
    brier: mean(claims.map((c) => (c.confidence - Number(c.right)) ** 2)),
    error: off / claims.length,
  };
}

function bucketOf(claims: readonly Claim[], from: number, to: number): Bucket[] {
  const inside = claims.filter((c) => c.confidence >= from && (c.confidence < to || (to === 1 && c.confidence === 1)));
  if (inside.length === 0) return [];
  const right = inside.filter((c) => c.right).length;
  return [{ from, to, claims: inside.length, meanConfidence: mean(inside.map((c) => c.confidence)), right }];
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}
