/** A unix socket as /proc/net/unix lists it. */
export interface UnixSocket {
  readonly inode: number;
  readonly type: 'stream' | 'dgram' | 'seqpacket' | 'other';
  /** A listener accepts connections; a connected or unbound socket does not. */
  readonly listening: boolean;
  /** Path it was bound to; abstract names keep their leading `@`; null where it has no name. */
  readonly path: string | null;
}

const TYPES: Record<string, UnixSocket['type']> = { '0001': 'stream', '0002': 'dgram', '0005': 'seqpacket' };

/** __SO_ACCEPTCON, include/uapi/linux/net.h. */
const SO_ACCEPTCON = 0x10000;

// Num: RefCount Protocol Flags Type St Inode Path
const ROW = /^[0-9a-f]+: [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{4}) [0-9A-F]{2} +(\d+)(?: (.*))?$/;

/**
 * Reads /proc/net/unix (or /proc/PID/net/unix for the network namespace of a process). Lines of another form are
 * skipped. A path that holds a newline shows only its first line, as the kernel does not escape it.
 * Source: proc_pid_net(5), unix_seq_show in net/unix/af_unix.c.
 */
export function parseUnixSockets(text: string): readonly UnixSocket[] {
  const sockets: UnixSocket[] = [];
  for (const line of text.split('\n')) {
    const row = ROW.exec(line);
    if (!row) continue;
    const [, flags = '0', type = '', inode = '0', path] = row;
    sockets.push({
      inode: Number(inode),
      type: TYPES[type] ?? 'other',
      listening: (Number.parseInt(flags, 16) & SO_ACCEPTCON) !== 0,
      path: path === undefined || path === '' ? null : path,
    });
  }
  return sockets;
}
