import { entityId } from '../../evidence/entity.ts';
import type { Host } from '../../host/host.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import { type Daemon, findDaemons } from '../daemons/identify.ts';
import type { EngineSession } from './engine-session.ts';
import { readStacks } from './read-stacks.ts';

export type SendSignal = (pid: number, signal: 'SIGUSR1') => void;

const sendSignal: SendSignal = (pid, signal) => {
  process.kill(pid, signal);
};

/**
 * Where the user asked for stack dumps: asks the daemon behind a socket for its stacks, once, if it left a call
 * unanswered or if the user named its socket. Every other daemon of the host is left alone.
 */
export async function noteStackDump(session: EngineSession, send = sendSignal): Promise<void> {
  const { context, endpoint } = session;
  if (!context.options.stackDumps || context.signal.aborted) return;
  if (!(session.leftUnanswered || endpoint.foundBy === 'flag')) return;
  const daemon = findDaemons(await context.survey()).find((d) => d.process.pid === endpoint.listenerPid);
  const place = daemon ? stackDumpPlace(daemon) : null;
  if (daemon === undefined || place === null) return;
  const { name, process } = daemon;
  // One daemon may serve several sockets and APIs.
  const asked = await context.share(askedForStacks);
  if (asked.has(process.pid)) return;
  asked.add(process.pid);
  const command = `kill -USR1 ${process.pid}`;
  const source = context.record.source(`stack dump of ${name} (pid ${process.pid}) to ${place}`, command);
  const askedAt = context.host.now();
  const refused = await requestStackDump(context.host, daemon, send);
  if (refused !== null) return source.end({ status: 'skipped', error: refused });
  const component = entityId.component(name, process.pid);
  const file = await readStacks(context.host, daemon, component, source, askedAt);
  context.record.entity(component, name, { stackDump: file ?? place });
  if (file === null) source.end({ status: 'partial', error: 'asked, but no file of stacks came within 3 s' });
  else source.end({ status: 'ok' });
}

/** Pids of the daemons that were asked in this examination. */
async function askedForStacks(): Promise<Set<number>> {
  return new Set();
}

/**
 * Where a daemon writes the stacks of its goroutines on SIGUSR1; null for those that do not, which the signal would end.
 * Sources: moby daemon/stack (goroutine-stacks-TIME.log in the exec root, /var/run/docker), containerd
 * cmd/containerd/command/main_unix.go (its log, and containerd.PID.stacks.log in the temporary folder).
 */
function stackDumpPlace({ name, process }: Daemon): string | null {
  if (name === 'dockerd') return 'goroutine-stacks-*.log in the exec root of dockerd (/var/run/docker)';
  return name === 'containerd' ? `the log of containerd, and /tmp/containerd.${process.pid}.stacks.log` : null;
}

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
