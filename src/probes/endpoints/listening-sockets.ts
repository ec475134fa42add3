import type { Host } from '../../host/host.ts';
import { isDaemonName } from '../../host/runtime-names.ts';
import type { SurveyedProcess } from '../../host/survey.ts';
import { parseUnixSockets } from '../procfs/unix-sockets.ts';
import type { SharedReads } from '../shared-reads.ts';

/** A unix socket with a path, and the daemon that accepts on it. */
export interface ListeningSocket {
  /** As the host names it: below /proc/PID/root where the daemon lives in another mount namespace. */
  readonly path: string;
  readonly listener: SurveyedProcess;
}

/** A daemon has a few descriptors for each container; sockets it listens on are among the first. */
const MAX_DESCRIPTORS = 4096;
const MAX_SOCKET_TABLE_BYTES = 16 * 1024 * 1024;

/**
 * The sockets that runtime daemons listen on, wherever they lie: descriptors of each daemon (/proc/PID/fd) held against
 * the table of its network namespace (/proc/PID/net/unix). What cannot be read of a daemon is left out.
 */
export async function listeningSockets({ host, survey }: SharedReads): Promise<readonly ListeningSocket[]> {
  const { processes } = await survey();
  const daemons = [...processes.values()].filter((p) => isDaemonName(p.comm));
  const found = await Promise.all(daemons.map((daemon) => socketsOf(host, daemon)));
  return found.flat();
}

async function socketsOf(host: Host, listener: SurveyedProcess): Promise<readonly ListeningSocket[]> {
  const { pid } = listener;
  const [inodes, table, root] = await Promise.all([
    socketInodes(host, pid),
    host.files.readText(host.proc(`${pid}/net/unix`), { maxBytes: MAX_SOCKET_TABLE_BYTES }),
    rootAsSeenFromHost(host, pid),
  ]);
  if (!table.ok || inodes.size === 0) return [];
  const listening = parseUnixSockets(table.value).filter((s) => s.listening && inodes.has(s.inode));
  return listening.flatMap(({ path }) => (path?.startsWith('/') ? [{ path: `${root}${path}`, listener }] : []));
}

async function socketInodes(host: Host, pid: number): Promise<ReadonlySet<number>> {
  const folder = host.proc(`${pid}/fd`);
  const descriptors = await host.files.list(folder);
  if (!descriptors.ok) return new Set();
  const names = descriptors.value.slice(0, MAX_DESCRIPTORS);
  const targets = await Promise.all(names.map((fd) => host.files.readLink(`${folder}/${fd}`)));
  const inodes = targets.map((t) => (t.ok ? Number(/^socket:\[(\d+)\]$/.exec(t.value)?.[1]) : Number.NaN));
  return new Set(inodes.filter((i) => !Number.isNaN(i)));
}

/** Empty where the process shares the mount namespace of PID 1, and where that cannot be told. */
async function rootAsSeenFromHost(host: Host, pid: number): Promise<string> {
  const [its, hosts] = await Promise.all([
    host.files.readLink(host.proc(`${pid}/ns/mnt`)),
    host.files.readLink(host.proc('1/ns/mnt')),
  ]);
  return its.ok && hosts.ok && its.value !== hosts.value ? `/proc/${pid}/root` : '';
}
