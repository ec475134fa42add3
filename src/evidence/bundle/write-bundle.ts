import type { CaseFile } from '../case-file.ts';
import { packBundle } from './pack.ts';
import { checkDestination, type PublishOptions, publishFile } from './publish-file.ts';

/**
 * Writes a case file as a bundle, whole or not at all, readable by its owner only (0600).
 * @throws UserError where something is in the way or the file cannot be written
 */
export async function writeBundle(caseFile: CaseFile, path: string, options: PublishOptions = {}): Promise<void> {
  await checkDestination(path, options);
  await publishFile(path, await packBundle(caseFile), options);
}
