import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { findBinaries, getBinaries, whyNoBinaries } from '../../lab/cluster/binaries.ts';
import { textOf } from '../../lab/errors.ts';
import { installPackages, missingPackages, whyNotHere, whyNotInstallable } from '../../lab/packages.ts';
import type { Need } from '../../lab/scenario.ts';
import { SECOND_TRY } from '../../scripts/test-files.ts';

const ALL: readonly Need[] = ['docker', 'containerd', 'loop', 'fuse', 'cgroups'];

/** Set in CI: a real test that cannot run there fails instead of being skipped. */
const REQUIRED = process.env.NOTREADY_REQUIRE_REAL === '1';

/** Says what the real tests need of this machine and, where allowed, installs it. Never throws: the tests say what lacks. */
export async function prepareRealTests(options: { install: boolean }, needs = ALL): Promise<void> {
  const missing = missingPackages(needs);
  if (whyNotHere([]) !== null || missing.length === 0) return;
  const names = missing.join(' ');
  const why = options.install ? whyNotInstallable() : { en: '--no-install was given' };
  if (why) {
    console.log(`Tests on real runtimes need ${names}; not installed: ${why.en}`);
    return;
  }
  console.log(
    `Installing ${names} for the tests on real runtimes (no service is started; --no-install stops this) ...`,
  );
  await installPackages(missing).catch((error: unknown) => console.log(String(error)));
}

/** The same for the tests on a real kubelet, and Kubernetes itself, which may take a build of some minutes. Never throws. */
export async function prepareClusterTests(options: { install: boolean }): Promise<void> {
  await prepareRealTests(options, [...ALL, 'cluster']);
  if (whyNotHere([]) !== null || findBinaries() !== null) return;
  if (options.install)
    await getBinaries(({ en }) => console.log(en)).catch((error: unknown) => console.log(textOf(error).en));
  else console.log('Tests on a real kubelet need Kubernetes itself; not built: --no-install was given');
}

/** Why a test that needs these things cannot run here; null where it can. */
export function whyNotReal(needs: readonly Need[]): string | null {
  const never = whyNotHere(needs);
  if (never) return never.en;
  const missing = missingPackages(needs);
  if (missing.length > 0) return `missing packages: ${missing.join(' ')}`;
  if (!needs.includes('cluster') || findBinaries() !== null) return null;
  return whyNoBinaries()?.en ?? 'Kubernetes has not been built here: npm run test:cluster does it';
}

/**
 * A test on real runtimes. Where it cannot run it is skipped with the reason or, in CI, fails with it. In CI, where one
 * failure among hundreds of real faults on a busy machine would refuse a change, a fault is made a second time, and
 * that it took two is told (docs/decisions/0009-second-try-in-ci.md).
 */
export function realTest(name: string, needs: readonly Need[], body: () => Promise<void>, timeout = 120_000): void {
  const why = whyNotReal(needs);
  if (why === null)
    test(name, { timeout: REQUIRED ? 2 * timeout : timeout }, (t) => (REQUIRED ? twice(t, body) : body()));
  else if (REQUIRED) test(name, () => Promise.reject(new Error(`must run here, but: ${why}`)));
  else test(name, { skip: why }, body);
}

async function twice(t: TestContext, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    t.diagnostic(`${SECOND_TRY}${t.name}: ${inspect(error)}`);
    await body();
  }
}
