import type { FactOf } from '../../evidence/observation.ts';
import type { Host, ReadError } from '../../host/host.ts';
import { MountTree } from '../mounts/tree.ts';
import { parseMountInfo } from '../procfs/mountinfo.ts';
import { parseKernelStack } from '../procfs/stack.ts';
import { type BlockedSyscall, descriptorOf, parseSyscall, stringAt } from '../procfs/syscall.ts';
import { type SyscallShape, syscallByNumber } from '../procfs/syscall-table.ts';

const PATH_MAX = 4096;
const MOUNTINFO_MAX = 4 * 1_048_576;
/** What the kernel appends to the name of a file that has been removed (fs/d_path.c). */
const DELETED = / \(deleted\)$/;

/** Where a thread waits, as far as procfs tells. */
export interface ThreadDetail {
  readonly stack: readonly string[] | null;
  readonly syscall: FactOf<'thread'>['syscall'];
  /** Mounts as this thread sees them; null where not readable. */
  readonly mounts: MountTree | null;
  /** Sees the mounts that PID 1 sees. */
  readonly inHostNamespace: boolean;
  /** Files that could not be read, with the reason. */
  readonly errors: readonly { readonly file: 'stack' | 'syscall' | 'mountinfo'; readonly error: ReadError }[];
}

/** @param architecture machine name as of uname(2), which tells what the numbers of system calls mean */
export async function readThreadDetail(
  host: Host,
  { pid, tid }: { pid: number; tid: number },
  architecture: string,
): Promise<ThreadDetail> {
  const at = (file: string): string => host.proc(`${pid}/task/${tid}/${file}`);
  const [stack, syscall, mountinfo, namespace, hostNamespace] = await Promise.all([
    host.files.readText(at('stack'), { maxBytes: 16_384 }),
    host.files.readText(at('syscall'), { maxBytes: 512 }),
    host.files.readText(at('mountinfo'), { maxBytes: MOUNTINFO_MAX }),
    host.files.readLink(at('ns/mnt')),
    host.files.readLink(host.proc('1/ns/mnt')),
  ]);
  const blocked = syscall.ok ? parseSyscall(syscall.value) : null;
  const files = { stack, syscall, mountinfo } as const;
  const errors = (['stack', 'syscall', 'mountinfo'] as const).flatMap((file) => {
    const read = files[file];
    return read.ok ? [] : [{ file, error: read.error }];
  });
  return {
    stack: stack.ok ? parseKernelStack(stack.value) : null,
    syscall: blocked && (await describeSyscall(host, at, blocked, architecture)),
    mounts: mountinfo.ok ? new MountTree(parseMountInfo(mountinfo.value)) : null,
    inHostNamespace: namespace.ok && hostNamespace.ok && namespace.value === hostNamespace.value,
    errors,
  };
}

type PathOf = (file: string) => string;

async function describeSyscall(
  host: Host,
  at: PathOf,
  { number, args }: BlockedSyscall,
  architecture: string,
): Promise<FactOf<'thread'>['syscall']> {
  const known = syscallByNumber(architecture, number);
  const path = known && (await readPath(host, at, known.shape, args));
  return { number, name: known?.name ?? null, path };
}

/** The absolute path that a system call is at, in the thread's own view; null where it names none or is not readable. */
async function readPath(host: Host, at: PathOf, shape: SyscallShape, args: readonly bigint[]): Promise<string | null> {
  if (shape.file !== undefined) return readDescriptor(host, at, args[shape.file]);
  if (shape.path === undefined) return null;
  const pointer = args[shape.path];
  if (pointer === undefined || pointer === 0n) return null;
  const memory = await host.files.readBytes(at('mem'), pointer, PATH_MAX);
  const path = memory.ok ? stringAt(memory.value) : null;
  if (path === null || path.startsWith('/')) return path;
  const base =
    shape.directory === undefined ? await readCwd(host, at) : await readDescriptor(host, at, args[shape.directory]);
  return base === null ? path : `${base === '/' ? '' : base}/${path}`;
}

async function readCwd(host: Host, at: PathOf): Promise<string | null> {
  const link = await host.files.readLink(at('cwd'));
  return link.ok ? link.value : null;
}

async function readDescriptor(host: Host, at: PathOf, register: bigint | undefined): Promise<string | null> {
  if (register === undefined) return null;
  const fd = descriptorOf(register);
  if (fd === 'cwd') return readCwd(host, at);
  const link = await host.files.readLink(at(`fd/${fd}`));
  return link.ok ? link.value.replace(DELETED, '') : null;
}
