import { readFile } from 'node:fs/promises';
import { errorCode } from '../host/error-code.ts';
import type { ReadText } from '../kube/find-kubeconfig.ts';
import type { KubeWriter } from '../remedy/cluster/index.ts';
import { UserError } from '../text/user-error.ts';
import type { CliContext } from './context.ts';
import { withPatience } from './patience.ts';
import type { RemediateOptions } from './remediate-options.ts';

/** A credential plugin has so long, ms. */
const PLUGIN_MS = 10_000;

/**
 * The way to change the cluster, as the user of the kubeconfig; null where none is named and none is found. The kubelet's
 * own credentials are not used: they are the node's, not a person's.
 * @throws UserError for a kubeconfig that cannot be used
 */
export async function findWriter(options: RemediateOptions, context: CliContext): Promise<KubeWriter | null> {
  const { findKubeconfig, resolveConnection } = await import('../kube/connect.ts');
  const found = await findKubeconfig({ flag: options.kubeconfig ?? null, env: context.env, readText });
  if (found === null) return null;
  const { createKubeWriter } = await import('../remedy/cluster/index.ts');
  const connection = await resolveConnection({
    found,
    context: options.context ?? null,
    readText,
    pluginDeadlineMs: PLUGIN_MS,
  });
  return createKubeWriter(connection, context.env);
}

const readText: ReadText = async (path) => {
  try {
    return { ok: true, value: await withPatience(path, readFile(path, 'utf8')) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    return { ok: false, error: errorCode(error) };
  }
};
