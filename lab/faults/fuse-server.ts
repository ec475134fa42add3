// Runs as a process of its own: `node fuse-server.ts`, /dev/fuse open as descriptor 3. Serves a directory that lists
// nothing and has one log, `stalls.log`, whose last part is never handed out, and when SIGUSR1 comes goes on reading requests but answers none of them any more, as a server in a deadlock would.
// The protocol: include/uapi/linux/fuse.h; little-endian hosts only.
import { read, writeSync } from 'node:fs';

const FD = 3;
const HEADER_IN = 40;
const HEADER_OUT = 16;
const OP = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  open: 14,
  read: 15,
  statfs: 17,
  release: 18,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  batchForget: 42,
};
const LOG_NAME = 'stalls.log';
const LOG_NODE = 2;
const LOG_SIZE = 160 * 1024 * 1024;
/** From here on nothing is handed out: late enough that nothing but a scan of all of it comes here. */
const STALL = (LOG_SIZE / 32) * 31;
const LOG_LINE =
  'I1124 10:00:00.000000    1096 kubelet.go:1] nothing that bears on Ready stands in any line of this log, for all are alike\n';
const ENOSYS = 38;
const ENOENT = 2;
const S_IFDIR_755 = 0o040755;
const S_IFREG_444 = 0o100444;

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
    if (!mute && !isStalled(request)) answer(request.subarray(0, length));
    next();
  });
}

/** A read of the last part of the log. */
function isStalled(request: Buffer): boolean {
  return request.readUInt32LE(4) === OP.read && Number(request.readBigUInt64LE(HEADER_IN + 8)) >= STALL;
}

function answer(request: Buffer): void {
  const opcode = request.readUInt32LE(4);
  const unique = request.readBigUInt64LE(8);
  if (opcode === OP.forget || opcode === OP.batchForget) return;
  const body = bodyFor(opcode, Number(request.readBigUInt64LE(16)), request.subarray(HEADER_IN));
  reply(unique, typeof body === 'number' ? -body : 0, typeof body === 'number' ? Buffer.alloc(0) : body);
}

/** @returns the answer's body, or an errno */
function bodyFor(opcode: number, node: number, input: Buffer): Buffer | number {
  switch (opcode) {
    case OP.init:
      return init(input);
    case OP.getattr:
      return attributes(node);
    case OP.opendir:
    case OP.open:
      return Buffer.alloc(16);
    case OP.readdir:
    case OP.releasedir:
    case OP.release:
    case OP.flush:
      return Buffer.alloc(0);
    case OP.statfs:
      return statfs();
    case OP.lookup:
      return lookup(input);
    case OP.read:
      return readLog(input);
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
function attributes(node: number): Buffer {
  return Buffer.concat([Buffer.alloc(16), attributesOf(node)]);
}

/** struct fuse_attr */
function attributesOf(node: number): Buffer {
  const out = Buffer.alloc(88);
  const isLog = node === LOG_NODE;
  out.writeBigUInt64LE(BigInt(node), 0);
  out.writeBigUInt64LE(BigInt(isLog ? LOG_SIZE : 0), 8);
  out.writeUInt32LE(isLog ? S_IFREG_444 : S_IFDIR_755, 60);
  out.writeUInt32LE(isLog ? 1 : 2, 64);
  return out;
}

/** struct fuse_entry_out: node, generation and validity in 40 bytes, then struct fuse_attr. */
function lookup(input: Buffer): Buffer | number {
  if (input.toString('latin1', 0, input.indexOf(0)) !== LOG_NAME) return ENOENT;
  const out = Buffer.alloc(40);
  out.writeBigUInt64LE(BigInt(LOG_NODE), 0);
  return Buffer.concat([out, attributesOf(LOG_NODE)]);
}

/** Of struct fuse_read_in: offset at 8, size at 16. */
function readLog(input: Buffer): Buffer {
  const offset = Number(input.readBigUInt64LE(8));
  const size = Math.max(0, Math.min(input.readUInt32LE(16), LOG_SIZE - offset));
  const phase = offset % LOG_LINE.length;
  const text = LOG_LINE.repeat(Math.ceil((size + phase) / LOG_LINE.length));
  return Buffer.from(text).subarray(phase, phase + size);
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
