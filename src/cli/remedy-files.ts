import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packBundle } from '../evidence/bundle/bundle.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { saveBundleFile } from './bundle-file.ts';
import type { CliContext } from './context.ts';
import { withPatience } from './patience.ts';
import type { RemediateOptions } from './remediate-options.ts';

/** The audit log: of the machine for root, else of the user. */
export function journalPath(options: RemediateOptions, { env }: CliContext): string {
  if (options.journal !== undefined) return options.journal;
  if (process.getuid?.() === 0) return '/var/lib/notready/remedy.jsonl';
  return join(env.XDG_STATE_HOME || join(env.HOME || '.', '.local/state'), 'notready/remedy.jsonl');
}

/** Keeps case files of a run side by side: `worker-1-20261125T031500123Z-before.tar.gz`. */
export function evidenceKeeper(
  options: RemediateOptions,
  context: CliContext,
  { node, run }: { readonly node: string; readonly run: string },
): (caseFile: CaseFile, name: string) => Promise<string> {
  const folder = options.evidence ?? join(dirname(journalPath(options, context)), 'evidence');
  return async (caseFile, name) => {
    await withPatience(folder, mkdir(folder, { recursive: true, mode: 0o700 }));
    const file = join(folder, `${node}-${run}-${name}.tar.gz`);
    await saveBundleFile(file, await packBundle(caseFile), { force: true });
    return file;
  };
}
