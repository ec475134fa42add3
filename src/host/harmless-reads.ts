import type { ReaderOperation } from './reader-protocol.ts';

// No lock in them is held over I/O or by a thread that waits for something outside of the kernel: fs/proc/array.c,
// fs/proc/{loadavg,stat,meminfo}.c, kernel/sched/psi.c, kernel/cgroup/pids.c. What needs the memory map of a process
// (cmdline), its exec lock (stack, syscall, mem), a filesystem's answer (statfs) or an automounter (sys/fs/binfmt_misc)
// is not among them.
const READ = new RegExp(
  `^(?:${[
    'loadavg|uptime|stat|meminfo|vmstat|diskstats',
    'pressure/(?:cpu|memory|io)',
    'sys/(?:kernel|vm)/[\\w-]+|sys/fs/(?:file-nr|inotify/\\w+)',
    '\\d+/(?:task/\\d+/)?(?:stat|status|schedstat|wchan|comm|cgroup|limits)',
    '(?:\\d+|self)/net/unix',
    'self/(?:status|mountinfo)',
  ].join('|')})$`,
);
const LISTED = /^(?:\d+\/(?:task|fd))?$/;
/** A link of procfs is answered from memory: only following it would ask the filesystem it leads to. */
const LINK = /^(?:\d+|self)\/(?:exe|ns\/\w+|fd\/\d+)$/;
/** Below /sys. */
const CGROUP_FILE = /^fs\/cgroup\/(?:.+\/)?(?:cgroup|cpu|memory|io|blkio|pids|freezer)\.[\w.]+$/;

/**
 * Tells the operations that cannot hang, as far as is known of the kernel: they may be done without a child where none
 * can be started.
 * @param proc where procfs is seen
 * @param sys where sysfs is seen
 */
export function harmlessReads(proc: string, sys: string): (operation: ReaderOperation) => boolean {
  return (operation) => {
    if (operation.op === 'run' || operation.path.split('/').includes('..')) return false;
    const { op, path } = operation;
    const inProc = below(proc, path);
    if (op === 'read') return READ.test(inProc ?? '') || CGROUP_FILE.test(below(sys, path) ?? '');
    if (inProc === null) return false;
    return (op === 'list' && LISTED.test(inProc)) || (op === 'readlink' && LINK.test(inProc));
  };
}

function below(directory: string, path: string): string | null {
  if (path === directory) return '';
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : null;
}
