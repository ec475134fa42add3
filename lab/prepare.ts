import type { Text } from '../src/text/text.ts';
import { LabError } from './errors.ts';
import { installPackages, missingPackages, whyNotHere, whyNotInstallable } from './packages.ts';
import type { Need } from './scenario.ts';
import * as say from './texts.ts';

/** Sees to it that what a scenario needs is there. @throws LabError when it cannot be had */
export async function prepare(needs: readonly Need[], mayInstall: boolean, print: (text: Text) => void): Promise<void> {
  const never = whyNotHere(needs);
  if (never) throw new LabError(never);
  const missing = missingPackages(needs);
  if (missing.length === 0) return;
  const why = mayInstall ? whyNotInstallable() : say.NO_INSTALL;
  if (why) throw new LabError(say.missing(missing, why));
  print(say.installing(missing));
  await installPackages(missing);
}
