/**
 * Function names of /proc/PID/stack, innermost first. Lines read `[<0>] mnt_want_write+0x55/0xa0`, with an address
 * for the 0 before Linux 4.20 and ` [module]` at the end for modules. Source: fs/proc/base.c, proc_pid_stack.
 */
export function parseKernelStack(text: string): string[] {
  const functions: string[] = [];
  for (const line of text.split('\n')) {
    const name = /^\[<[0-9a-f]+>\] ([\w.]+)\+0x/.exec(line)?.[1];
    if (name !== undefined) functions.push(name);
  }
  return functions;
}

// How kernel functions of a filesystem are named: fs/<type>/.
const PREFIXES: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:nfs\d?_|rpc_|xprt_|__rpc_)/, /^nfs4?$/],
  [/^(?:fuse_|request_wait_answer|__fuse_)/, /^fuse/],
  [/^ceph_/, /^ceph$/],
  [/^(?:cifs_|smb2_|SMB2_)/, /^(?:cifs|smb3)$/],
  [/^(?:ext4_|jbd2_|__jbd2_)/, /^ext[234]$/],
  [/^(?:xfs_|xlog_)/, /^xfs$/],
  [/^btrfs_/, /^btrfs$/],
  [/^gfs2_/, /^gfs2$/],
  [/^ocfs2_/, /^ocfs2$/],
  [/^(?:v9fs_|p9_)/, /^9p$/],
  [/^ll_|^lustre_|^ptlrpc_/, /^lustre$/],
];

/** Whether a stack runs through the code of a filesystem type. */
export function stackNamesFilesystem(stack: readonly string[], fsType: string): boolean {
  return PREFIXES.some(([functions, types]) => types.test(fsType) && stack.some((name) => functions.test(name)));
}
