import { LabError } from '../errors.ts';
import { type ProcessId, readStat, signal } from '../processes.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';

/** Stops a process of the lab (SIGSTOP): a daemon or shim that is there and does not answer. @returns what resumes it */
export async function stopProcess(workspace: Workspace, id: ProcessId): Promise<() => void> {
  const undo = workspace.journal.register({ kind: 'resume', pid: id.pid, startTicks: id.startTicks });
  if (!signal(id, 'SIGSTOP')) throw gone(id);
  await until({ en: `process ${id.pid} to stop`, zh: `进程 ${id.pid} 停止` }, () => readStat(id.pid)?.state === 'T');
  return () => workspace.journal.undo(undo);
}

/** Ends a process of the lab (SIGKILL); there is nothing to undo. */
export async function killProcess(id: ProcessId): Promise<void> {
  if (!signal(id, 'SIGKILL')) throw gone(id);
  await until(
    { en: `process ${id.pid} to end`, zh: `进程 ${id.pid} 结束` },
    () => readStat(id.pid)?.startTicks !== id.startTicks,
  );
}

function gone(id: ProcessId): LabError {
  return new LabError({ en: `process ${id.pid} is gone already`, zh: `进程 ${id.pid} 已不存在` });
}
