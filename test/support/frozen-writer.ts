import type { RecordedFile, RecordedMachine } from './recorded-host.ts';

/** The container of the recorded machine, its pids and its data volume. */
export const WRITER = {
  container: '9b73757ef84a7117e44cf8fc738cee132622032020caf21c6da9a35453a58932',
  shim: 27422,
  leader: 27441,
  threads: [27515, 27516],
} as const;

const CGROUP = `/docker/${WRITER.container}`;
const V1 = ['name=systemd', 'pids', 'blkio', 'freezer', 'devices', 'memory', 'cpuset', 'cpuacct', 'cpu'];
const FLAGS = '0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 9';

const MOUNTS = `799 742 254:0 /var/lib/docker/vfs/dir/6e1e505659a4 / rw,relatime master:2 - ext4 /dev/vda rw,discard
800 799 0:227 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
801 799 0:228 / /dev rw,nosuid - tmpfs tmpfs rw,size=65536k,mode=755
816 799 7:3 / /data rw,relatime - ext4 /dev/loop3 rw
`;
const HOST_MOUNTS = `26 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
36 26 0:33 / /sys/fs/cgroup/freezer rw,relatime - cgroup cgroup rw,freezer
40 26 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
21 26 0:20 / /proc rw,relatime - proc proc rw
90 26 7:3 / /srv/data rw,relatime - ext4 /dev/loop3 rw
`;
const STACK = `[<0>] percpu_rwsem_wait+0x15f/0x1d0
[<0>] mnt_want_write+0x96/0xc0
[<0>] path_openat+0x9d7/0x12f0
[<0>] do_filp_open+0x106/0x1c0
[<0>] do_sys_openat2+0x88/0xe0
[<0>] __x64_sys_openat+0x5d/0xa0
[<0>] do_syscall_64+0x71/0x290
[<0>] entry_SYSCALL_64_after_hwframe+0x76/0x7e
`;

/** Where the recorded threads keep the path they open; a real pointer would need as much memory. */
const POINTER = 0x20;

function cgroupText(path: string): string {
  return [...V1.map((controller, i) => `${V1.length - i}:${controller}:${path}`), `0::${path}`].join('\n');
}

export function statLine(pid: number, comm: string, state: string, ppid: number, threads = 1, start = 207_817): string {
  return `${pid} (${comm}) ${state} ${ppid} ${pid} ${pid} 0 -1 4228364 997 0 0 0 3 4 0 0 20 0 ${threads} 0 ${start} 0 0 18446744073709551615 ${FLAGS}\n`;
}

export function statusText(pid: number, innerPid: number, switches: number): string {
  return `Name:\twriter\nUid:\t0\t0\t0\t0\nNSpid:\t${pid}\t${innerPid}\nvoluntary_ctxt_switches:\t${switches}\nnonvoluntary_ctxt_switches:\t10\n`;
}

/** Kernel 6.18, hybrid cgroups, dockerd 20.10: a writer on a frozen ext4 after `docker stop`, as procfs shows it. */
export function frozenWriter(): RecordedMachine & {
  files: Record<string, RecordedFile>;
  links: Record<string, string>;
} {
  const { container, shim, leader, threads } = WRITER;
  const files: Record<string, RecordedFile> = {
    '/proc/stat': 'cpu  1 0 1 1 0 0 0 0 0 0\nbtime 1795501304\n',
    '/proc/sys/kernel/arch': 'x86_64\n',
    '/sys/dev/block/7:3/uevent': 'MAJOR=7\nMINOR=3\nDEVNAME=loop3\nDEVTYPE=disk\nDISKSEQ=13\n',
    [`/sys/fs/cgroup/freezer${CGROUP}/freezer.state`]: 'THAWED\n',
    '/proc/1/stat': statLine(1, 'systemd', 'S', 0, 1, 20),
    '/proc/1/cgroup': cgroupText('/init.scope'),
    '/proc/1/mountinfo': HOST_MOUNTS,
    '/proc/1/cmdline': '/sbin/init\0',
    [`/proc/${shim}/stat`]: statLine(shim, 'containerd-shim', 'S', 1),
    [`/proc/${shim}/cmdline`]: `/usr/bin/containerd-shim-runc-v2\0-namespace\0moby\0-id\0${container}\0-address\0/run/containerd/containerd.sock\0`,
    [`/proc/${leader}/stat`]: statLine(leader, 'writer', 'Z', shim, 1 + threads.length),
    [`/proc/${leader}/cmdline`]: '',
    [`/proc/${leader}/status`]: statusText(leader, 1, 17),
    [`/proc/${leader}/cgroup`]: cgroupText('/'),
    [`/proc/${leader}/mountinfo`]: { error: 'EINVAL' },
    [`/proc/${leader}/task/${leader}/stat`]: statLine(leader, 'writer', 'Z', shim, 1 + threads.length),
    [`/proc/${leader}/task/${leader}/cgroup`]: cgroupText('/'),
  };
  const links: Record<string, string> = {
    '/proc/1/ns/mnt': 'mnt:[4026531840]',
    [`/proc/${shim}/exe`]: '/usr/bin/containerd-shim-runc-v2',
  };
  for (const [i, tid] of threads.entries()) {
    const task = `/proc/${leader}/task/${tid}`;
    files[`${task}/stat`] = statLine(tid, 'writer', 'D', shim, 1 + threads.length);
    files[`${task}/status`] = statusText(tid, 8 + i, 23);
    files[`${task}/cgroup`] = cgroupText(CGROUP);
    files[`${task}/wchan`] = 'percpu_rwsem_wait';
    files[`${task}/stack`] = STACK;
    files[`${task}/syscall`] =
      `257 0xffffff9c 0x${POINTER.toString(16)} 0x241 0x1a4 0x0 0x7f33dfc4bf47 0x7f33dfc4c180 0x433e80\n`;
    files[`${task}/mem`] = Buffer.concat([Buffer.alloc(POINTER), Buffer.from(`/data/${i}\0`)]);
    files[`${task}/mountinfo`] = MOUNTS;
    links[`${task}/ns/mnt`] = 'mnt:[4026533395]';
    links[`${task}/cwd`] = '/';
    links[`${task}/fd/0`] = '/dev/null';
    links[`${task}/fd/1`] = 'pipe:[73155]';
    links[`${task}/fd/3`] = '/data/keep';
  }
  return { files, links, now: Date.UTC(2026, 10, 24, 6, 57, 0) };
}
