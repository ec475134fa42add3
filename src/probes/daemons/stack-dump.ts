import type { Host } from '../../host/host.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import type { Daemon } from './identify.ts';

/**
 * Where a daemon writes the stacks of its goroutines on SIGUSR1; null for those that do not, which the signal would end.
 * Sources: moby daemon/stack (goroutine-stacks-TIME.log in the exec root, /var/run/docker), containerd
 * cmd/containerd/command/main_unix.go (its log, and containerd.PID.stacks.log in the temporary folder).
 */
export function stackDumpPlace({ name, process }: Daemon): string | null {
  if (name === 'dockerd') return 'goroutine-stacks-*.log in the exec root of dockerd (/var/run/docker)';
  return name === 'containerd' ? `the log of containerd, and /tmp/containerd.${process.pid}.stacks.log` : null;
}

export type SendSignal = (pid: number, signal: 'SIGUSR1') => void;

/**
 * Asks a daemon for its stacks. The process is looked at again right before: the same pid, start time and name, or no
 * signal is sent.
 * @returns null when the signal was sent, else why not
 */
export async function requestStackDump(host: Host, daemon: Daemon, send: SendSignal): Promise<string | null> {
  const { pid, startTicks, comm } = daemon.process;
  if (pid <= 1 || stackDumpPlace(daemon) === null) return 'not a daemon that dumps its stacks on SIGUSR1';
  const read = await host.files.readText(host.proc(`${pid}/stat`), { maxBytes: 4096 });
  const stat = read.ok ? parseProcStat(read.value) : null;
  if (stat === null || stat.startTicks !== startTicks || stat.comm !== comm) return 'the process has changed meanwhile';
  if (stat.state === 'T' || stat.state === 't') return 'the process is stopped and would not answer';
  try {
    send(pid, 'SIGUSR1');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
