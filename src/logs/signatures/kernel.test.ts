import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { KERNEL_SIGNALS } from '../../evidence/vocabulary/signal.ts';
import { KERNEL_LITERALS, type KernelMatch, matchKernelLine, matchKernelRecovery } from './kernel.ts';

const NOTHING = { task: null, pid: null, device: null, seconds: null };

// [what it is, line, what is to be found]
const LINES: readonly (readonly [string, string, Pick<KernelMatch, 'signal'> & Partial<KernelMatch>])[] = [
  [
    'hung task',
    'INFO: task dockerd:12709 blocked for more than 120 seconds.',
    { signal: 'hung-task', task: 'dockerd', pid: 12_709, seconds: 120 },
  ],
  [
    'hung task with a colon in its name',
    'INFO: task kworker/u8:2:77 blocked for more than 241 seconds.',
    { signal: 'hung-task', task: 'kworker/u8:2', pid: 77, seconds: 241 },
  ],
  [
    'hung task in I/O',
    'INFO: task dd:456 blocked in I/O wait for more than 122 seconds.',
    { signal: 'hung-task', task: 'dd', pid: 456, seconds: 122 },
  ],
  [
    'soft lockup, 3.10',
    'BUG: soft lockup - CPU#3 stuck for 23s! [java:4431]',
    { signal: 'soft-lockup', task: 'java', pid: 4431, seconds: 23 },
  ],
  [
    'soft lockup, RHEL 7',
    'NMI watchdog: BUG: soft lockup - CPU#0 stuck for 22s! [runc:[2:INIT]:991]',
    { signal: 'soft-lockup', task: 'runc:[2:INIT]', pid: 991, seconds: 22 },
  ],
  [
    'soft lockup, 6.x',
    'watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [kworker/u32:9:812]',
    { signal: 'soft-lockup', task: 'kworker/u32:9', pid: 812, seconds: 26 },
  ],
  [
    'workqueue lockup',
    'BUG: workqueue lockup - pool cpus=0 node=0 flags=0x0 nice=0 stuck for 31s!',
    { signal: 'soft-lockup', seconds: 31 },
  ],
  ['hard lockup', 'NMI watchdog: Watchdog detected hard LOCKUP on cpu 2', { signal: 'hard-lockup' }],
  ['hard lockup, 6.x', 'watchdog: CPU3: Watchdog detected hard LOCKUP on cpu 3', { signal: 'hard-lockup' }],
  [
    'RCU stall, 3.10',
    'INFO: rcu_sched self-detected stall on CPU { 0}  (t=60000 jiffies g=1 c=0 q=0)',
    { signal: 'rcu-stall' },
  ],
  ['RCU stall, 6.x', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:', { signal: 'rcu-stall' }],
  [
    'expedited RCU stall',
    'rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-.... } 21013 jiffies s: 85 root: 0x2/.',
    { signal: 'rcu-stall' },
  ],
  ['starved RCU thread', 'rcu: rcu_preempt kthread starved for 20964 jiffies! g938281 f0x0', { signal: 'rcu-stall' }],
  [
    'network device',
    'unregister_netdevice: waiting for lo to become free. Usage count = 1',
    { signal: 'unregister-netdevice', device: 'lo' },
  ],
  [
    'OOM kill, 3.10',
    'Killed process 1234 (java) total-vm:2345678kB, anon-rss:1234567kB, file-rss:0kB',
    { signal: 'oom-kill', task: 'java', pid: 1234 },
  ],
  [
    'OOM kill, RHEL 7',
    'Killed process 77 (node (x)), UID 1000, total-vm:99kB, anon-rss:1kB',
    { signal: 'oom-kill', task: 'node (x)', pid: 77 },
  ],
  [
    'OOM kill in a cgroup, 6.x',
    'Memory cgroup out of memory: Killed process 2343 (python3) total-vm:1kB, anon-rss:1kB, UID:0 pgtables:1kB oom_score_adj:0',
    { signal: 'oom-kill', task: 'python3', pid: 2343 },
  ],
  [
    'ext4 gave up writing',
    'EXT4-fs (loop2): Remounting filesystem read-only',
    { signal: 'remounted-read-only', device: 'loop2' },
  ],
  [
    'ext3 gave up writing',
    'EXT3-fs (sda1): error: remounting filesystem read-only',
    { signal: 'remounted-read-only', device: 'sda1' },
  ],
  [
    'btrfs gave up writing',
    'BTRFS info (device dm-4 state EA): forced readonly',
    { signal: 'remounted-read-only', device: 'dm-4' },
  ],
  [
    'btrfs gave up writing, 5.x',
    'BTRFS info (device dm-0: state E): forced readonly',
    { signal: 'remounted-read-only', device: 'dm-0' },
  ],
  [
    'ext4 error',
    'EXT4-fs error (device loop2): trigger_test_error:129: comm bash: boom',
    { signal: 'filesystem-error', device: 'loop2' },
  ],
  ['journal', 'Aborting journal on device loop2-8.', { signal: 'filesystem-error', device: 'loop2' }],
  ['journal of a mapped device', 'Aborting journal on device dm-0-8.', { signal: 'filesystem-error', device: 'dm-0' }],
  [
    'btrfs error',
    'BTRFS: error (device sda1) in btrfs_commit_transaction:2279: errno=-5 IO failure',
    { signal: 'filesystem-error', device: 'sda1' },
  ],
  ['xfs log', 'XFS (dm-0): log I/O error -5', { signal: 'filesystem-error', device: 'dm-0' }],
  [
    'xfs metadata',
    'XFS (dm-0): metadata I/O error in "xfs_imap_to_bp+0x5c/0x80 [xfs]" at daddr 0x8a66c0 len 32 error 5',
    { signal: 'filesystem-error', device: 'dm-0' },
  ],
  [
    'xfs shut down',
    'XFS (sda2): Filesystem has been shut down due to log error (0x2).',
    { signal: 'filesystem-error', device: 'sda2' },
  ],
  [
    'xfs corruption',
    'XFS (dm-4): Corruption of in-memory data detected.  Shutting down filesystem',
    { signal: 'filesystem-error', device: 'dm-4' },
  ],
  [
    'xfs without memory',
    'XFS: containerd(812) possible memory allocation deadlock size 65552 in kmem_alloc (mode:0x2408240)',
    { signal: 'filesystem-error', task: 'containerd', pid: 812 },
  ],
  ['I/O error, 3.10', 'end_request: I/O error, dev sdb, sector 0', { signal: 'io-error', device: 'sdb' }],
  [
    'I/O error, 4.x',
    'blk_update_request: critical medium error, dev sdc, sector 10486',
    { signal: 'io-error', device: 'sdc' },
  ],
  [
    'I/O error, 5.x',
    'print_req_error: I/O error, dev nvme0n1, sector 95243456 flags 4001',
    { signal: 'io-error', device: 'nvme0n1' },
  ],
  [
    'I/O error, 6.x',
    'I/O error, dev sdb, sector 314642760 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2',
    { signal: 'io-error', device: 'sdb' },
  ],
  [
    'buffer error',
    'Buffer I/O error on dev dm-4, logical block 1610612731, async page read',
    { signal: 'io-error', device: 'dm-4' },
  ],
  ['offline disk', 'sd 14:0:0:0: rejecting I/O to offline device', { signal: 'io-error' }],
  [
    'slow SCSI command',
    'sd 2:0:0:0: [sdc] tag#12 timing out command, waited 180s',
    { signal: 'io-error', device: 'sdc', seconds: 180 },
  ],
  ['NVMe timeout', 'nvme nvme0: I/O 864 QID 1 timeout, reset controller', { signal: 'io-error', device: 'nvme0' }],
  [
    'NVMe timeout, 6.x',
    'nvme nvme0: I/O tag 12 (400c) opcode 0x9 (Admin Cmd) QID 0 timeout, reset controller',
    { signal: 'io-error', device: 'nvme0' },
  ],
  ['iSCSI session', 'session1: session recovery timed out after 120 secs', { signal: 'io-error', seconds: 120 }],
  ['iSCSI connection', 'connection1:0: detected conn error (1020)', { signal: 'io-error' }],
  ['multipath', 'device-mapper: multipath: 253:2: Failing path 8:16.', { signal: 'io-error' }],
  [
    'NFS',
    'nfs: server 10.100.0.60 not responding, still trying',
    { signal: 'nfs-not-responding', device: '10.100.0.60' },
  ],
  [
    'NFS, soft mount',
    'nfs: server nas.example not responding, timed out',
    { signal: 'nfs-not-responding', device: 'nas.example' },
  ],
  ['machine check', 'mce: [Hardware Error]: Machine check events logged', { signal: 'machine-check' }],
  [
    'machine check exception',
    'mce: [Hardware Error]: CPU 15: Machine Check Exception: 5 Bank 6: bb80000000000e0b',
    { signal: 'machine-check' },
  ],
  ['memory', 'EDAC MC0: 1 UE memory read error on CPU_SrcID#0 (channel:0 slot:0)', { signal: 'machine-check' }],
  ['oops, 3.10', 'BUG: unable to handle kernel NULL pointer dereference at 0000000000000090', { signal: 'oops' }],
  ['oops, 6.x', 'BUG: unable to handle page fault for address: ffffffffc0a3b000', { signal: 'oops' }],
  [
    'oops, arm64',
    'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000197',
    { signal: 'oops' },
  ],
  ['oops line', 'Oops: 0000 [#1] PREEMPT SMP PTI', { signal: 'oops' }],
  ['BUG_ON', 'kernel BUG at fs/ext4/inode.c:2695!', { signal: 'oops' }],
  [
    'protection fault',
    'general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] SMP',
    { signal: 'oops' },
  ],
  ['panic', 'Kernel panic - not syncing: softlockup: hung tasks', { signal: 'oops' }],
  [
    'no high-order page left, 4.x',
    'runc:[1:CHILD]: page allocation failure: order:6, mode:0x10c0d0',
    { signal: 'page-allocation-failure', task: 'runc:[1:CHILD]' },
  ],
  [
    'no high-order page left, 5.x',
    'kworker/u16:3: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0',
    { signal: 'page-allocation-failure', task: 'kworker/u16:3' },
  ],
  [
    'a network card that sends nothing',
    'NETDEV WATCHDOG: lc5 (tg3): transmit queue 0 timed out',
    { signal: 'transmit-timeout', device: 'lc5' },
  ],
  [
    'the disk cannot read',
    'sd 2:0:0:0: [sdb] tag#1 Sense Key : Medium Error [current]',
    { signal: 'medium-error', device: 'sdb' },
  ],
  [
    'the disk cannot read, what of it',
    'sd 2:0:0:0: [sdb] tag#1 Add. Sense: Unrecovered read error - auto reallocate failed',
    { signal: 'medium-error', device: 'sdb' },
  ],
  [
    'a mirror lost a disk',
    'md/raid1:md0: Disk failure on sdb1, disabling device.',
    { signal: 'medium-error', device: 'sdb1' },
  ],
  [
    'PCIe, since 4.x',
    'pcieport 0000:c0:01.1: PCIe Bus Error: severity=Uncorrected (Fatal), type=Transaction Layer, (Requester ID)',
    { signal: 'pcie-error', device: '0000:c0:01.1' },
  ],
  [
    'PCIe, since 6.x',
    'igb 0000:09:00.0: AER: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), type=Transaction Layer, (Requester ID)',
    { signal: 'pcie-error', device: '0000:09:00.0' },
  ],
  [
    'GPU lost',
    'NVRM: Xid (PCI:0000:41:00): 79, pid=12345, GPU has fallen off the bus.',
    { signal: 'gpu-error', device: 'PCI:0000:41:00' },
  ],
  ['GPU does not start', 'NVRM: GPU 0000:41:00.0: RmInitAdapter failed! (0x24:0x65:1270)', { signal: 'gpu-error' }],
  [
    'too hot',
    'mce: CPU3: Core temperature above threshold, cpu clock throttled (total events = 1)',
    { signal: 'overheated' },
  ],
  [
    'too hot, 3.10',
    'CPU3: Package temperature above threshold, cpu clock throttled (total events = 9)',
    { signal: 'overheated' },
  ],
  [
    'clock not to be trusted',
    "clocksource: timekeeping watchdog on CPU14: Marking clocksource 'tsc' as unstable because the skew is too large:",
    { signal: 'clock-unstable', device: 'tsc' },
  ],
  [
    'clock not to be trusted, 3.10',
    'Clocksource tsc unstable (delta = 62518545 ns)',
    { signal: 'clock-unstable', device: 'tsc' },
  ],
  ['the machine goes down', 'reboot: Restarting system', { signal: 'going-down' }],
];

for (const [what, line, expected] of LINES) {
  test(`${expected.signal}: ${what}`, () => {
    assert.deepEqual(matchKernelLine(line), { ...NOTHING, ...expected });
  });
}

test('every signal has a line here', () => {
  assert.deepEqual(new Set(LINES.map(([, , { signal }]) => signal)), new Set(KERNEL_SIGNALS));
});

test('whatever means something holds a literal, or the scanner would never hand it over', () => {
  for (const [, line] of LINES) assert.ok(holdsLiteral(line), line);
});

function holdsLiteral(line: string): boolean {
  return KERNEL_LITERALS.some((literal) => line.includes(literal));
}

const HARMLESS = [
  'pcieport 0000:00:1c.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)',
  'NVRM: Xid (PCI:0000:41:00): 31, pid=77, name=python, Ch 00000008, MMU Fault',
  'clocksource: Switched to clocksource tsc',
  'EXT4-fs (loop4): mounted filesystem 5f478a4a-8dca-461f-8f20-6872f1c12fcb r/w with ordered data mode. Quota mode: none.',
  'blk_update_request: critical target error, dev sda, sector 0 op 0x3:(DISCARD) flags 0x4800 phys_seg 1 prio class 0',
  'blk_update_request: operation not supported error, dev nvme0n1, sector 0 op 0x0:(READ) flags 0x0',
  'blk_update_request: I/O error, dev fd0, sector 0',
  'Buffer I/O error on dev sr0, logical block 1, async page read',
  'Out of memory: Kill process 1234 (chrome) score 850 or sacrifice child',
  'INFO: task containerd:9 is blocked on a mutex likely owned by task dockerd:10.',
  'traps: a.out[77] general protection ip:55e sp:7ff error:0 in a.out',
  'nfs: server 10.100.0.60 OK',
  'XFS (sda1): Mounting V5 Filesystem 801b25ca-acc4-4232-9955-dc3448680467',
];

test('what every healthy node logs means nothing', () => {
  assert.deepEqual(
    HARMLESS.map(matchKernelLine),
    HARMLESS.map(() => null),
  );
});

test('a server that answers again, and a filesystem unmounted or mounted anew, end their trouble', () => {
  const lines = [
    'nfs: server 10.100.0.60 OK',
    'EXT4-fs (loop2): unmounting filesystem 278f1b3a-8dca-461f-8f20-6872f1c12fcb.',
    'EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)',
    'XFS (dm-0): Unmounting Filesystem',
    'XFS (dm-0): Mounting V5 Filesystem 801b25ca-acc4-4232-9955-dc3448680467',
    'BTRFS info (device sdb): last unmount of filesystem 0c4e',
  ];
  assert.ok(lines.every(holdsLiteral));
  const devices = lines.map((line) => matchKernelRecovery(line)?.device);
  assert.deepEqual(devices, ['10.100.0.60', 'loop2', 'sda1', 'dm-0', 'dm-0', 'sdb']);
  assert.equal(matchKernelRecovery('nfs: server 10.100.0.60 not responding, still trying'), null);
  assert.equal(matchKernelRecovery('EXT4-fs (loop2): Remounting filesystem read-only'), null);
});

test('takes any line, however it goes on after a known beginning', () => {
  const line = fc.tuple(fc.constantFrom(...LINES.map(([, l]) => l)), fc.nat(60), fc.string());
  fc.assert(
    fc.property(line, ([known, cut, rest]) => {
      const match = matchKernelLine(known.slice(0, cut) + rest);
      return match === null || KERNEL_SIGNALS.includes(match.signal);
    }),
  );
});
