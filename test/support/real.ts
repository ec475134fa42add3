import { test } from 'node:test';
import { installPackages, missingPackages, whyNotHere, whyNotInstallable } from '../../lab/packages.ts';
import type { Need } from '../../lab/scenario.ts';

const ALL: readonly Need[] = ['docker', 'containerd', 'loop', 'fuse', 'cgroups'];

/** Set in CI: a real test that cannot run there fails instead of being skipped. */
const REQUIRED = process.env.NOTREADY_REQUIRE_REAL === '1';

/** Says what the real tests need of this machine and, where allowed, installs it. Never throws: the tests say what lacks. */
export async function prepareRealTests(options: { install: boolean }): Promise<void> {
  const missing = missingPackages(ALL);
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

/** Why a test that needs these things cannot run here; null where it can. */
export function whyNotReal(needs: readonly Need[]): string | null {
  const never = whyNotHere(needs);
  if (never) return never.en;
  const missing = missingPackages(needs);
  return missing.length === 0 ? null : `missing packages: ${missing.join(' ')}`;
}

/** A test on real runtimes. Where it cannot run it is skipped with the reason or, in CI, fails with it. */
export function realTest(name: string, needs: readonly Need[], body: () => Promise<void>, timeout = 120_000): void {
  const why = whyNotReal(needs);
  if (why === null) test(name, { timeout }, body);
  else if (REQUIRED) test(name, () => Promise.reject(new Error(`must run here, but: ${why}`)));
  else test(name, { skip: why }, body);
}
