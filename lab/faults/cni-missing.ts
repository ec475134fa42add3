import { renameSync } from 'node:fs';
import type { Containerd } from '../runtimes/containerd.ts';
import type { Workspace } from '../workspace.ts';

/** Takes the CNI configuration away from containerd, as a network add-on that never came. @returns what brings it back */
export function removeCniConfig(workspace: Workspace, containerd: Containerd): () => void {
  const parked = `${containerd.cniConfig}.parked`;
  const id = workspace.journal.register({ kind: 'move-back', from: parked, to: containerd.cniConfig });
  renameSync(containerd.cniConfig, parked);
  return () => workspace.journal.undo(id);
}
