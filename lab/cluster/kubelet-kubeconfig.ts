import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import type { Cluster } from './cluster.ts';

/**
 * Changes the kubelet's kubeconfig, which it reads when it starts, and starts it anew. The file is in the journal.
 * @returns what starts it once more, by what the file then says
 */
export async function changeKubeconfig(
  { kubelet }: Cluster,
  { workspace }: Lab,
  change: (text: string) => string,
): Promise<() => Promise<void>> {
  const kubeconfig = join(kubelet.setting.folder, 'kubeconfig');
  const kept = `${kubeconfig}.kept`;
  const startAnew = async (): Promise<void> => {
    await kubelet.stop();
    await kubelet.startAgain();
  };
  workspace.journal.register({ kind: 'move-back', from: kept, to: kubeconfig });
  // Moved into place at once: an undo finds the whole of it or nothing.
  copyFileSync(kubeconfig, `${kept}.new`);
  renameSync(`${kept}.new`, kept);
  writeFileSync(kubeconfig, change(readFileSync(kept, 'utf8')), { mode: 0o600 });
  await startAnew();
  return startAnew;
}
