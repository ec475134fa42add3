import type { VersionRange } from './known-bug.ts';

/** Words before a release, the earliest first. */
const BEFORE_RELEASE = ['alpha', 'beta', 'rc'];
// At least two numbers, or systemd's three digits: a bare commit is no version.
const PARTS = /^v?(?=\d+\.\d|\d{3}(?!\w))(\d+(?:[.\-+~]?(?:\d+|alpha|beta|rc))*)/;

/** `v1.0.0-rc93+dev` as [1, 0, 0, -1, 93]; what follows a word of a distributor is left out. Null: no version. */
function partsOf(version: string): readonly number[] | null {
  const taken = PARTS.exec(version.trim())?.[1];
  if (taken === undefined) return null;
  return (taken.match(/\d+|[a-z]+/g) ?? []).map((part) => {
    const early = BEFORE_RELEASE.indexOf(part);
    return early === -1 ? Number(part) : early - BEFORE_RELEASE.length;
  });
}

/**
 * Compares versions of Kubernetes, runtimes, systemd and kernels part by part; a missing part counts as 0, and
 * `rc`, `beta` and `alpha` come before the release.
 * @returns below 0 where a is older, 0 where they are equal or one is no version
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === null || right === null) return 0;
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a version has a bug with these ranges. What is no version is in none. */
export function isAffected(version: string, ranges: readonly VersionRange[]): boolean {
  if (partsOf(version) === null) return false;
  return ranges.some(
    ({ since, fixedIn, build }) =>
      (since === null || compareVersions(version, since) >= 0) &&
      (fixedIn === null || compareVersions(version, fixedIn) < 0) &&
      (build?.test(version) ?? true),
  );
}
