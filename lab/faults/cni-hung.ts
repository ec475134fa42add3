import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProcesses, type ProcessStat, signal } from '../processes.ts';
import { runOrFail } from '../run.ts';
import type { Containerd } from '../runtimes/containerd.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';

/** No longer than a process's comm may be. */
const NAME = 'lab-cni-waits';

/** Asks its agent for an address, and the agent never answers: nobody writes to the pipe. */
const PLUGIN = `#!/bin/sh
[ "$CNI_COMMAND" = ADD ] || exit 0
exec 3<>"\${0%/*}/agent"
read -r address <&3
`;

/**
 * Puts a CNI plugin before containerd that hangs while it sets up a network, in place of the lab's own configuration,
 * which the journal brings back. @returns what ends the calls that hang then
 */
export async function hangCni(workspace: Workspace, containerd: Containerd): Promise<() => void> {
  const { cniConfig, cniPlugins } = containerd;
  await runOrFail(['mkfifo', join(cniPlugins, 'agent')]);
  writeFileSync(join(cniPlugins, NAME), PLUGIN, { mode: 0o755 });
  const [parked, next] = [`${cniConfig}.parked`, `${cniConfig}.next`];
  writeFileSync(next, JSON.stringify({ cniVersion: '0.4.0', name: 'notready-lab', plugins: [{ type: NAME }] }));
  workspace.journal.register({ kind: 'move-back', from: parked, to: cniConfig });
  renameSync(cniConfig, parked);
  renameSync(next, cniConfig);
  return () => {
    for (const process of hungPlugins()) signal(process, 'SIGKILL');
  };
}

/** Waits until a call of the plugin hangs. @returns its process */
export function untilCniHangs(timeoutMs = 30_000): Promise<ProcessStat> {
  return until({ en: 'a CNI call to hang', zh: 'CNI 调用卡住' }, () => hungPlugins().at(-1) ?? null, timeoutMs, 200);
}

function hungPlugins(): ProcessStat[] {
  return allProcesses().filter((p) => p.comm === NAME);
}
