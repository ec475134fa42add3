import { LabError } from './errors.ts';
import { identify, type ProcessId, readStat } from './processes.ts';

/** The shim that supervises a container whose init is alive: its parent. Needs the runtime to say the init's pid. */
export function shimOf(init: number): ProcessId {
  const parent = readStat(init)?.ppid ?? 0;
  if (parent > 1 && readStat(parent)?.comm.startsWith('containerd-shim')) return identify(parent);
  throw new LabError({ en: `process ${init} has no shim above it`, zh: `进程 ${init} 之上没有 shim` });
}
