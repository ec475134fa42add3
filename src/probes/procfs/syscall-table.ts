/** Which arguments of a system call say what file it is at. Positions count from 0. */
export interface SyscallShape {
  /** Pointer to a path. */
  readonly path?: number;
  /** Directory descriptor that a relative path starts from. */
  readonly directory?: number;
  /** Descriptor of the file itself. */
  readonly file?: number;
}

const PATH: SyscallShape = { path: 0 };
const AT: SyscallShape = { directory: 0, path: 1 };
const FILE: SyscallShape = { file: 0 };
const NONE: SyscallShape = {};

type Row = readonly [name: string, x86_64: number | null, aarch64: number | null, shape: SyscallShape];

// Numbers: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. Argument order: the man
// page of each call. Kept to calls that wait on files, and those that a blocked thread is commonly seen in.
const ROWS: readonly Row[] = [
  ['read', 0, 63, FILE],
  ['write', 1, 64, FILE],
  ['open', 2, null, PATH],
  ['close', 3, 57, FILE],
  ['stat', 4, null, PATH],
  ['fstat', 5, 80, FILE],
  ['lstat', 6, null, PATH],
  ['poll', 7, null, NONE],
  ['lseek', 8, 62, FILE],
  ['mmap', 9, 222, { file: 4 }],
  ['mprotect', 10, 226, NONE],
  ['munmap', 11, 215, NONE],
  ['ioctl', 16, 29, FILE],
  ['pread64', 17, 67, FILE],
  ['pwrite64', 18, 68, FILE],
  ['readv', 19, 65, FILE],
  ['writev', 20, 66, FILE],
  ['access', 21, null, PATH],
  ['msync', 26, 227, NONE],
  ['madvise', 28, 233, NONE],
  ['nanosleep', 35, 101, NONE],
  ['sendfile', 40, 71, { file: 1 }],
  ['connect', 42, 203, NONE],
  ['sendto', 44, 206, NONE],
  ['recvfrom', 45, 207, NONE],
  ['sendmsg', 46, 211, NONE],
  ['recvmsg', 47, 212, NONE],
  ['clone', 56, 220, NONE],
  ['vfork', 58, null, NONE],
  ['execve', 59, 221, PATH],
  ['exit', 60, 93, NONE],
  ['wait4', 61, 260, NONE],
  ['fcntl', 72, 25, FILE],
  ['flock', 73, 32, FILE],
  ['fsync', 74, 82, FILE],
  ['fdatasync', 75, 83, FILE],
  ['truncate', 76, 45, PATH],
  ['ftruncate', 77, 46, FILE],
  ['getdents', 78, null, FILE],
  ['chdir', 80, 49, PATH],
  ['fchdir', 81, 50, FILE],
  ['rename', 82, null, PATH],
  ['mkdir', 83, null, PATH],
  ['rmdir', 84, null, PATH],
  ['creat', 85, null, PATH],
  ['link', 86, null, { path: 1 }],
  ['unlink', 87, null, PATH],
  ['symlink', 88, null, { path: 1 }],
  ['readlink', 89, null, PATH],
  ['chmod', 90, null, PATH],
  ['fchmod', 91, 52, FILE],
  ['chown', 92, null, PATH],
  ['fchown', 93, 55, FILE],
  ['lchown', 94, null, PATH],
  ['utime', 132, null, PATH],
  ['mknod', 133, null, PATH],
  ['statfs', 137, 43, PATH],
  ['fstatfs', 138, 44, FILE],
  ['pivot_root', 155, 41, PATH],
  ['chroot', 161, 51, PATH],
  ['sync', 162, 81, NONE],
  ['mount', 165, 40, { path: 1 }],
  ['umount2', 166, 39, PATH],
  ['delete_module', 176, 106, NONE],
  ['readahead', 187, 213, FILE],
  ['setxattr', 188, 5, PATH],
  ['fsetxattr', 190, 7, FILE],
  ['getxattr', 191, 8, PATH],
  ['fgetxattr', 193, 10, FILE],
  ['listxattr', 194, 11, PATH],
  ['removexattr', 197, 14, PATH],
  ['futex', 202, 98, NONE],
  ['getdents64', 217, 61, FILE],
  ['fadvise64', 221, 223, FILE],
  ['clock_nanosleep', 230, 115, NONE],
  ['exit_group', 231, 94, NONE],
  ['epoll_wait', 232, null, NONE],
  ['utimes', 235, null, PATH],
  ['inotify_add_watch', 254, 27, { path: 1 }],
  ['openat', 257, 56, AT],
  ['mkdirat', 258, 34, AT],
  ['mknodat', 259, 33, AT],
  ['fchownat', 260, 54, AT],
  ['newfstatat', 262, 79, AT],
  ['unlinkat', 263, 35, AT],
  ['renameat', 264, 38, AT],
  ['linkat', 265, 37, { directory: 2, path: 3 }],
  ['symlinkat', 266, 36, { directory: 1, path: 2 }],
  ['readlinkat', 267, 78, AT],
  ['fchmodat', 268, 53, AT],
  ['faccessat', 269, 48, AT],
  ['ppoll', 271, 73, NONE],
  ['unshare', 272, 97, NONE],
  ['splice', 275, 76, FILE],
  ['sync_file_range', 277, 84, FILE],
  ['utimensat', 280, 88, AT],
  ['epoll_pwait', 281, 22, NONE],
  ['fallocate', 285, 47, FILE],
  ['preadv', 295, 69, FILE],
  ['pwritev', 296, 70, FILE],
  ['name_to_handle_at', 303, 264, AT],
  ['syncfs', 306, 267, FILE],
  ['setns', 308, 268, NONE],
  ['finit_module', 313, 273, FILE],
  ['renameat2', 316, 276, AT],
  ['execveat', 322, 281, AT],
  ['copy_file_range', 326, 285, FILE],
  ['preadv2', 327, 286, FILE],
  ['pwritev2', 328, 287, FILE],
  ['statx', 332, 291, AT],
  ['io_uring_enter', 426, 426, NONE],
  ['open_tree', 428, 428, AT],
  ['move_mount', 429, 429, { directory: 2, path: 3 }],
  ['clone3', 435, 435, NONE],
  ['openat2', 437, 437, AT],
  ['faccessat2', 439, 439, AT],
  ['fchmodat2', 452, 452, AT],
];

/** Machine names as uname(2) gives them. */
export type SyscallArchitecture = 'x86_64' | 'aarch64';
export interface KnownSyscall {
  readonly name: string;
  readonly shape: SyscallShape;
}

const TABLES: Readonly<Record<SyscallArchitecture, ReadonlyMap<number, KnownSyscall>>> = {
  x86_64: tableOf(1),
  aarch64: tableOf(2),
};

/** What is known of a system call number; null for the rest, and on other machines. */
export function syscallByNumber(architecture: string, number: number): KnownSyscall | null {
  const table = architecture === 'x86_64' || architecture === 'aarch64' ? TABLES[architecture] : undefined;
  return table?.get(number) ?? null;
}

function tableOf(column: 1 | 2): ReadonlyMap<number, KnownSyscall> {
  const known = new Map<number, KnownSyscall>();
  for (const row of ROWS) {
    const number = row[column];
    if (number !== null) known.set(number, { name: row[0], shape: row[3] });
  }
  return known;
}
