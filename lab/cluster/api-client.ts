import { readFile } from 'node:fs/promises';
import { createKubeClient, findKubeconfig, resolveConnection } from '../../src/kube/connect.ts';
import type { ReadText } from '../../src/kube/find-kubeconfig.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { isErrno } from '../processes.ts';

/** A reader of an API server by a kubeconfig, without a kubectl for each question. */
export async function apiClient(kubeconfig: string): Promise<KubeClient> {
  const found = await findKubeconfig({ flag: kubeconfig, env: {}, readText });
  if (found === null) throw new Error(`no kubeconfig at ${kubeconfig}`);
  return createKubeClient(await resolveConnection({ found, context: null, readText, pluginDeadlineMs: null }), {});
}

const readText: ReadText = async (path) => {
  try {
    return { ok: true, value: await readFile(path, 'utf8') };
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EACCES', 'EISDIR')) throw error;
    return { ok: false, error: 'ENOENT' };
  }
};
