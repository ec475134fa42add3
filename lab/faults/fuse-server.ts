// Runs as a process of its own: `node fuse-server.ts`, /dev/fuse open as descriptor 3. Serves an empty directory, and
// when SIGUSR1 comes goes on reading requests but answers none of them any more, as a server in a deadlock would.
// The protocol: include/uapi/linux/fuse.h; little-endian hosts only.
import { read, writeSync } from 'node:fs';

const FD = 3;
const HEADER_IN = 40;
const HEADER_OUT = 16;
const OP = { forget: 2, getattr: 3, statfs: 17, opendir: 27, init: 26, readdir: 28, releasedir: 29, batchForget: 42 };
const ENOSYS = 38;
const ENOENT = 2;
const S_IFDIR_755 = 0o040755;

let mute = false;
process.on('SIGUSR1', () => {
  mute = true;
});
process.on('SIGINT', () => undefined);
next();

function next(): void {
  const request = Buffer.alloc(1024 * 1024 + 4096);
  read(FD, request, 0, request.length, null, (error, length) => {
    // ENODEV: unmounted. The end of this process is the end of the connection.
    if (error) process.exit(0);
    if (!mute) answer(request.subarray(0, length));
    next();
  });
}

function answer(request: Buffer): void {
  const opcode = request.readUInt32LE(4);
  const unique = request.readBigUInt64LE(8);
  if (opcode === OP.forget || opcode === OP.batchForget) return;
  const body = bodyFor(opcode, request.subarray(HEADER_IN));
  reply(unique, typeof body === 'number' ? -body : 0, typeof body === 'number' ? Buffer.alloc(0) : body);
}

/** @returns the answer's body, or an errno */
function bodyFor(opcode: number, input: Buffer): Buffer | number {
  switch (opcode) {
    case OP.init:
      return init(input);
    case OP.getattr:
      return attributes();
    case OP.opendir:
      return Buffer.alloc(16);
    case OP.readdir:
    case OP.releasedir:
      return Buffer.alloc(0);
    case OP.statfs:
      return statfs();
    case 1:
      return ENOENT;
    default:
      return ENOSYS;
  }
}

/** struct fuse_init_out of protocol 7.23 and later, 64 bytes. */
function init(input: Buffer): Buffer {
  const out = Buffer.alloc(64);
  out.writeUInt32LE(7, 0);
  out.writeUInt32LE(Math.min(31, input.readUInt32LE(4)), 4);
  out.writeUInt32LE(input.readUInt32LE(8), 8);
  out.writeUInt16LE(12, 16);
  out.writeUInt16LE(9, 18);
  out.writeUInt32LE(128 * 1024, 20);
  return out;
}

/** struct fuse_attr_out: 16 bytes of validity (0: ask again every time), then struct fuse_attr. */
function attributes(): Buffer {
  const out = Buffer.alloc(16 + 88);
  out.writeBigUInt64LE(1n, 16);
  out.writeUInt32LE(S_IFDIR_755, 16 + 60);
  out.writeUInt32LE(2, 16 + 64);
  return out;
}

/** struct fuse_statfs_out. */
function statfs(): Buffer {
  const out = Buffer.alloc(80);
  out.writeBigUInt64LE(1024n, 0);
  out.writeBigUInt64LE(1024n, 8);
  out.writeBigUInt64LE(1024n, 16);
  out.writeUInt32LE(4096, 40);
  out.writeUInt32LE(255, 44);
  out.writeUInt32LE(4096, 48);
  return out;
}

function reply(unique: bigint, error: number, body: Buffer): void {
  const header = Buffer.alloc(HEADER_OUT);
  header.writeUInt32LE(HEADER_OUT + body.length, 0);
  header.writeInt32LE(error, 4);
  header.writeBigUInt64LE(unique, 8);
  writeSync(FD, Buffer.concat([header, body]));
}
