import type { FactOf } from '../../evidence/observation.ts';

export type KernelSignal = FactOf<'kernel-signal'>['signal'];

/** What a line of the kernel log says, as far as it says it. */
export interface KernelMatch {
  readonly signal: KernelSignal;
  readonly task: string | null;
  /** A thread id as often as a process id: the kernel prints the task's own. */
  readonly pid: number | null;
  /** Block device, network interface or, for NFS, the server. */
  readonly device: string | null;
  readonly seconds: number | null;
}

// One meaning may have been worded in many ways from 3.10 to 6.x; each pattern names the source that prints it.
// A task name may hold spaces, colons and brackets (15 characters; workqueues up to 64).
const RULES: readonly (readonly [KernelSignal, RegExp])[] = [
  // kernel/hung_task.c; newer kernels tell waits for I/O apart
  [
    'hung-task',
    /INFO: task (?<task>.{1,64}):(?<pid>\d+) blocked (?:in I\/O wait )?for more than (?<seconds>\d+) seconds/,
  ],
  // kernel/watchdog.c, with or without a `watchdog:` or `NMI watchdog:` prefix
  ['soft-lockup', /BUG: soft lockup - CPU#\d+ stuck for (?<seconds>\d+)s! \[(?<task>.{1,64}):(?<pid>\d+)\]/],
  // kernel/workqueue.c, CONFIG_WQ_WATCHDOG
  ['soft-lockup', /BUG: workqueue lockup - pool .{1,200} stuck for (?<seconds>\d+)s!/],
  ['hard-lockup', /\bhard LOCKUP\b/i],
  // kernel/rcu/tree_stall.h, tree_exp.h, tasks.h; before 4.20 without the `rcu:` prefix
  ['rcu-stall', /INFO: \S{1,64} (?:self-detected stall on CPU|detected (?:expedited )?stalls on)/],
  ['rcu-stall', /\brcu\S{0,32} kthread (?:starved|timer wakeup didn't happen) for \d+ jiffies/],
  // net/core/dev.c
  ['unregister-netdevice', /unregister_netdevice: waiting for (?<device>\S{1,64}) to become free/],
  // mm/oom_kill.c: the line of the kill itself, not of the choice before it
  ['oom-kill', /Killed process (?<pid>\d+) \((?<task>.{1,64}?)\),?(?: UID \d+,)? total-vm:/],
  // fs/ext4/super.c, fs/ext3/super.c, fs/btrfs/super.c (messages.c), fs/fat/misc.c
  ['remounted-read-only', /-fs \((?<device>[^)\s]{1,64})\): (?:error: )?remounting filesystem read-only/i],
  ['remounted-read-only', /BTRFS info \(device (?<device>[^):\s]{1,64})[^)]{0,32}\): forced readonly/],
  ['remounted-read-only', /-fs \((?<device>[^)\s]{1,64})\): Filesystem has been set read-only/],
  // fs/ext4, fs/jbd2, fs/btrfs, fs/xfs
  ['filesystem-error', /EXT[234]-fs error \(device (?<device>[^)\s]{1,64})\)/],
  ['filesystem-error', /Aborting journal on device (?<device>\S{1,64}?)(?:-\d+)?\.$/],
  ['filesystem-error', /JBD2: (?:Detected IO errors|Error -?\d+ detected).{1,80} (?<device>[\w-]{1,64}?)-\d+\.?$/],
  ['filesystem-error', /BTRFS(?: error|: error| critical) \(device (?<device>[^):\s]{1,64})/],
  [
    'filesystem-error',
    /XFS \((?<device>[^)\s]{1,64})\): .{0,120}?(?:log I\/O error|metadata I\/O error|Corruption|corruption detected|Internal error|Shutting down filesystem|has been shut down|xfs_do_force_shutdown)/i,
  ],
  // fs/xfs/kmem.c: memory is fragmented, the filesystem waits for ever
  ['filesystem-error', /XFS: (?<task>.{1,64})\((?<pid>\d+)\) possible memory allocation deadlock/],
  // block/blk-core.c: end_request, blk_update_request, print_req_error or nothing before it. A refused discard is no fault;
  // nor is an empty floppy or CD drive.
  [
    'io-error',
    /(?:I\/O|critical (?:medium|target|nexus|space allocation)|timeout|device offline|recoverable transport|protection) error, dev (?!fd\d|sr\d)(?<device>[^,\s]{1,64}), sector(?!.{0,60}\((?:DISCARD|WRITE_ZEROES)\))/,
  ],
  // fs/buffer.c
  ['io-error', /Buffer I\/O error on dev(?:ice)? (?!fd\d|sr\d)(?<device>[^,\s]{1,64}), logical block/],
  // drivers/scsi/scsi_lib.c, sd.c
  ['io-error', /(?:\[(?<device>\w{1,32})\] )?rejecting I\/O to (?:offline|dead) device/],
  ['io-error', /\[(?<device>\w{1,32})\] .{0,80}timing out command, waited (?<seconds>\d+)s/],
  // drivers/nvme/host/pci.c, tcp.c, rdma.c
  ['io-error', /nvme (?<device>nvme\d+): I\/O .{1,80} timeout\b/],
  ['io-error', /nvme (?<device>nvme\d+): (?:controller is down|Device not ready; aborting)/],
  // drivers/scsi/scsi_transport_iscsi.c, libiscsi.c
  ['io-error', /session\d+: session recovery timed out after (?<seconds>\d+) secs/],
  ['io-error', /connection\d+:\d+: (?:detected conn error|ping timeout of (?<seconds>\d+) secs expired)/],
  // drivers/md/dm-mpath.c
  ['io-error', /device-mapper: multipath: .{0,32}Failing path \d+:\d+/],
  // net/sunrpc/clnt.c: `%s: server %s not responding`, the program first
  ['nfs-not-responding', /\b(?:nfs4?|lockd): server (?<device>.{1,128}?) not responding/i],
  // arch/x86/kernel/cpu/mce/core.c, drivers/firmware/efi/cper.c, drivers/edac/edac_mc.c, mm/memory-failure.c
  [
    'machine-check',
    /\[Hardware Error\]: (?:Machine check events logged|CPU \d+: Machine Check|event severity: (?:fatal|recoverable))/,
  ],
  ['machine-check', /\bEDAC MC\d+: \d+ UE\b|Uncorrected hardware memory error|Memory failure: 0x[\da-f]+: /],
  // kernel/panic.c, mm/memory.c, arch/*/kernel/traps.c, arch/*/mm/fault.c, lib/bug.c
  ['oops', /(?:BUG: u|U)nable to handle (?:kernel|page fault)|kernel BUG at |Kernel panic - not syncing/],
  [
    'oops',
    /\b(?:Oops|general protection fault|divide error|invalid opcode|stack segment|Internal error)\b.{0,120}\[#\d+\]/,
  ],
  ['oops', /\bBUG: (?:Bad page|Bad rss-counter|scheduling while atomic|KASAN)/],
  // mm/page_alloc.c, warn_alloc
  ['page-allocation-failure', /^(?<task>\S.{0,63}?): page allocation (?:failure|stalls)[.:]/],
  // net/sched/sch_generic.c, dev_watchdog
  ['transmit-timeout', /NETDEV WATCHDOG: (?<device>\S{1,64}) \(\S{0,64}\): transmit queue \d+ timed out/],
  // drivers/scsi/constants.c by sd.c: the disk itself says that it cannot read
  [
    'medium-error',
    /\[(?<device>sd[a-z]{1,3})\] .{0,40}(?:Sense Key : (?:Medium|Hardware) Error|Add\. Sense: (?:Unrecovered read|Write) error)/i,
  ],
  // drivers/md/raid1.c, raid10.c, raid5.c
  ['medium-error', /md\/raid\S{0,12}: Disk failure on (?<device>[\w/-]{1,32}), disabling device/],
  // drivers/pci/pcie/aer.c; what was corrected is no fault yet
  [
    'pcie-error',
    /(?<device>[\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.[\da-f]): .{0,16}PCIe Bus Error: severity=Uncorrect(?:ed|able)/,
  ],
  // The NVIDIA driver. Of its Xid codes those of the device: 48 double-bit error, 62 and 79 lost, 64 and 74 memory and link,
  // 94 and 95 contained and uncontained errors, 119 and 120 GSP. Those that a program brings on itself (13, 31, 43, 45) are not.
  ['gpu-error', /NVRM: Xid \((?<device>[^)]{1,48})\): (?:48|62|64|74|79|94|95|119|120)\b/],
  ['gpu-error', /NVRM: .{0,80}(?:GPU has fallen off the bus|RmInitAdapter failed)/],
  // arch/x86/kernel/cpu/mcheck/therm_throt.c, drivers/thermal/intel/therm_throt.c since 5.7
  ['overheated', /CPU\d+: (?:Core|Package) temperature above threshold/],
  // kernel/time/clocksource.c; on 3.10 `Clocksource %s unstable`
  ['clock-unstable', /(?:Marking c|\bC)locksource '?(?<device>[\w-]{1,32})'? (?:as )?unstable/],
  // kernel/reboot.c, since 3.11 with its prefix
  ['going-down', /^reboot: (?:Restarting system|Power down|System halted)/],
];

/** Of these at least one stands in every line that a rule or a recovery matches. */
export const KERNEL_LITERALS: readonly string[] = [
  'blocked for more than',
  'blocked in I/O wait',
  'lockup',
  'LOCKUP',
  'stalls on',
  'self-detected stall',
  'kthread starved',
  'kthread timer wakeup',
  'unregister_netdevice',
  'Killed process',
  'ead-only',
  'forced readonly',
  '-fs error',
  'Aborting journal',
  'JBD2: ',
  'BTRFS',
  'XFS (',
  'XFS: ',
  'error, dev ',
  'I/O error',
  'rejecting I/O',
  'timing out command',
  'nvme nvme',
  'session recovery timed out',
  'detected conn error',
  'ping timeout of',
  'Failing path',
  'not responding',
  'Hardware Error',
  'EDAC MC',
  'Uncorrected hardware',
  'Memory failure: 0x',
  'nable to handle',
  'kernel BUG at',
  'Kernel panic',
  'Oops',
  'general protection',
  'divide error',
  'invalid opcode',
  'stack segment',
  'Internal error',
  'BUG: ',
  'page allocation',
  'NETDEV WATCHDOG',
  'Medium Error',
  'Add. Sense: ',
  'Disk failure on',
  'PCIe Bus Error',
  'NVRM: ',
  'temperature above threshold',
  'locksource ',
  'reboot: ',
  'lockd: server',
  'nfs: server',
  'nfs4: server',
  'mounting filesystem',
  'mounted filesystem',
  'mounting Filesystem',
  'Mounting Filesystem',
  'nmounting',
  'Ending clean mount',
  'hard lockup',
  'first mount',
];

/** Longest part of a line that is looked at: the kernel's own lines end at 1 KiB (LOG_LINE_MAX). */
const LONGEST = 1024;

/** What a line of the kernel log means for the node, by meaning and not by one version's wording; null: nothing. */
export function matchKernelLine(text: string): KernelMatch | null {
  const line = text.slice(0, LONGEST);
  for (const [signal, pattern] of RULES) {
    const match = pattern.exec(line);
    if (!match) continue;
    const { task, pid, device, seconds } = match.groups ?? {};
    return { signal, task: task ?? null, pid: numberOf(pid), device: device ?? null, seconds: numberOf(seconds) };
  }
  return null;
}

/** A line that ends what earlier lines complained of. */
export interface KernelRecovery {
  readonly ends: readonly KernelSignal[];
  readonly device: string;
}

const RECOVERIES: readonly (readonly [readonly KernelSignal[], RegExp])[] = [
  // net/sunrpc/clnt.c, call_decode
  [['nfs-not-responding'], /\b(?:nfs4?|lockd): server (?<device>.{1,128}?) OK\b/i],
  // A filesystem's trouble is over when it is unmounted (ext4 says so since 5.19) or mounted anew; its device may by then
  // hold another one. fs/ext4/super.c, fs/xfs/xfs_super.c, xfs_log.c, fs/btrfs/super.c
  [
    ['filesystem-error', 'remounted-read-only'],
    /EXT[234]-fs \((?<device>[^)\s]{1,64})\): (?:un)?mount(?:ed|ing) filesystem/,
  ],
  [
    ['filesystem-error', 'remounted-read-only'],
    /XFS \((?<device>[^)\s]{1,64})\): (?:Unmounting|Mounting V\d) Filesystem/i,
  ],
  [
    ['filesystem-error', 'remounted-read-only'],
    /BTRFS info \(device (?<device>[^):\s]{1,64})[^)]{0,32}\): (?:first|last un)mount of filesystem/,
  ],
];

/** What a line of the kernel log says to be over; null: nothing. */
export function matchKernelRecovery(text: string): KernelRecovery | null {
  const line = text.slice(0, LONGEST);
  for (const [ends, pattern] of RECOVERIES) {
    const device = pattern.exec(line)?.groups?.device;
    if (device !== undefined) return { ends, device };
  }
  return null;
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
