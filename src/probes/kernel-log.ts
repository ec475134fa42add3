import { type EntityId, entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import type { Host, RunResult } from '../host/host.ts';
import { type KernelLine, parseKernelLog } from '../logs/formats/kernel-lines.ts';
import { type KernelComplaint, kernelComplaints } from '../logs/kernel-complaints.ts';
import { type GapReason, gapReason, observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseDiskStats } from './procfs/disk-stats.ts';

/** What the kernel itself complained of in the last day. */
export const kernelLogProbe: Probe = { name: 'kernel-log', topics: ['kernel-log'], run };

// The raw form is alike in util-linux and busybox. `-k` leaves out what user programs wrote to /dev/kmsg, for util-linux
// drops that mark from raw lines that it reads there. Where it is refused - busybox has no such option, util-linux takes it
// with /dev/kmsg only, which may be closed - the lines come from syslog(2) and keep the mark.
const DMESG = ['dmesg', '-r', '-k'] as const;
const DMESG_OF_SYSLOG = ['dmesg', '-r'] as const;
const TIMEOUT_MS = 4000;
const MAX_BYTES = 16 << 20;
const MAX_LINES = 5000;

async function run({ host, record, deadline }: ProbeContext): Promise<void> {
  const source = record.source('kernel log', 'dmesg -T');
  const timeoutMs = Math.max(Math.min(TIMEOUT_MS, deadline - host.now()), 1);
  const [result, uptime, diskstats] = await Promise.all([
    readKernelLog(host, timeoutMs),
    host.files.readText(host.proc('uptime')),
    host.files.readText(host.proc('diskstats')),
  ]);
  const failure = failureOf(result);
  if (failure) {
    observeGap(source, 'kernel-log', failure.why, failure.detail, { partial: false });
    source.end({ status: failure.why === 'absent' ? 'skipped' : 'failed', error: failure.detail });
    return;
  }
  const upSeconds = uptime.ok ? Number.parseFloat(uptime.value) : Number.NaN;
  if (Number.isNaN(upSeconds)) observeGap(source, 'kernel-log', 'failed', 'lines without a time: /proc/uptime');
  const lines = parseKernelLog(result.stdout).slice(-MAX_LINES);
  const signals = findSignals(lines, host.now(), upSeconds);
  source.observe(readLog(lines, host.now(), upSeconds), [entityId.node()]);
  const devices = devicesByName(diskstats.ok ? diskstats.value : '');
  for (const { at, fact } of signals) source.observe(fact, subjectsOf(fact, devices), at);
  source.end({ status: 'ok' });
}

function readLog(lines: readonly KernelLine[], now: number, upSeconds: number): FactOf<'kernel-log'> {
  const [first] = lines;
  const dated = first !== undefined && first.seconds !== null && !Number.isNaN(upSeconds);
  return { type: 'kernel-log', lines: lines.length, firstAt: dated ? timeOf(first, now, upSeconds) : null };
}

async function readKernelLog(host: Host, timeoutMs: number): Promise<RunResult> {
  const result = await host.run(DMESG, { timeoutMs, maxBytes: MAX_BYTES });
  const refused = result.error === null && !result.timedOut && result.code !== null && result.code !== 0;
  return refused ? host.run(DMESG_OF_SYSLOG, { timeoutMs, maxBytes: MAX_BYTES }) : result;
}

function failureOf(result: RunResult): { why: GapReason; detail: string } | null {
  if (result.error === 'ENOENT') return { why: 'failed', detail: 'dmesg: ENOENT' };
  if (result.timedOut) return { why: 'stuck', detail: 'dmesg did not end' };
  // A log longer than MAX_BYTES is cut, and its program ended by that.
  if (result.code === 0 || (result.error === null && result.stdout.length >= MAX_BYTES / 2)) return null;
  const said = (result.stderr.trim() || result.error) ?? `exit code ${result.code}`;
  const denied = /not permitted|permission denied/i.test(said);
  return { why: denied ? 'no-permission' : gapReason(result.error ?? 'EIO'), detail: said.slice(0, 200) };
}

/**
 * The signals of the last day. Line times come from the kernel's clock, which stands still while the machine is suspended
 * where /proc/uptime goes on: lines from before a suspend then seem older than they are by the time slept, as with
 * `dmesg -T`.
 */
export function findSignals(lines: readonly KernelLine[], now: number, upSeconds: number): readonly KernelComplaint[] {
  return kernelComplaints(
    lines.map((line) => ({ at: timeOf(line, now, upSeconds), text: line.text })),
    now,
  );
}

function timeOf(line: KernelLine, now: number, upSeconds: number): number {
  if (line.seconds === null || Number.isNaN(upSeconds)) return now;
  return Math.min(Math.round(now - (upSeconds - line.seconds) * 1000), now);
}

function devicesByName(diskstats: string): ReadonlyMap<string, EntityId> {
  return new Map([...parseDiskStats(diskstats).values()].map((d) => [d.name, entityId.device(d.majorMinor)]));
}

function subjectsOf(fact: FactOf<'kernel-signal'>, devices: ReadonlyMap<string, EntityId>): EntityId[] {
  const device = fact.device === null ? undefined : devices.get(fact.device);
  return device === undefined ? [entityId.node()] : [device, entityId.node()];
}
