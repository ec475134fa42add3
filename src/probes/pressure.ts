import { entityId } from '../evidence/entity.ts';
import type { Host, Read } from '../host/host.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { cpuShares, parseKernelStat } from './procfs/kernel-stat.ts';
import { parseLoadAverage } from './procfs/load-average.ts';
import { memoryFact } from './procfs/memory.ts';
import { pressureFact } from './procfs/pressure-fact.ts';
import { parsePressure } from './procfs/pressure-file.ts';
import { sampleTwice } from './window.ts';

/** How hard-pressed the node is: stalls (PSI), load, CPU and memory, each over the sampling window. */
export const pressureProbe: Probe = { name: 'pressure', topics: ['pressure'], run };

const RESOURCES = ['cpu', 'memory', 'io'] as const;
type Sample = Readonly<Record<string, Read<string>>>;

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const stalls = record.source('/proc/pressure/{cpu,memory,io}', 'grep . /proc/pressure/*');
  const load = record.source('/proc/loadavg', 'cat /proc/loadavg');
  const cpu = record.source('/proc/stat', 'head -1 /proc/stat; sleep 1; head -1 /proc/stat');
  const memory = record.source(
    '/proc/meminfo, /proc/vmstat',
    'cat /proc/meminfo; grep -E "allocstall|pgmajfault|oom_kill" /proc/vmstat',
  );
  const { before, after, windowMs } = await sampleTwice(context, () => readAll(host));
  const node = [entityId.node()];
  const at = host.now();

  const errors = RESOURCES.flatMap((resource) => {
    const second = after[resource];
    const now = second?.ok ? parsePressure(second.value) : null;
    if (now === null) return [second && !second.ok ? second.error : 'EINVAL'];
    stalls.observe(pressureFact(resource, parsed(before, resource, parsePressure), now, windowMs), node, at);
    return [];
  });
  const [error] = errors;
  if (error !== undefined) {
    observeGap(stalls, 'pressure', gapReason(error), `/proc/pressure: ${error}`, {
      partial: errors.length < RESOURCES.length,
    });
  }
  stalls.end(sourceEnd(errors, RESOURCES.length));

  const average = parsed(after, 'loadavg', parseLoadAverage);
  if (average) load.observe({ type: 'load', ...average }, node, at);
  load.end(sourceEnd(failures(after, 'loadavg')));

  const first = parsed(before, 'stat', parseKernelStat)?.times;
  const second = parsed(after, 'stat', parseKernelStat)?.times;
  const shares = first && second ? cpuShares(first, second) : null;
  if (shares) cpu.observe({ type: 'cpu', windowMs, ...shares }, node, at);
  cpu.end(sourceEnd(failures(after, 'stat')));

  const fact = memoryFact(textOf(after, 'meminfo'), textOf(before, 'vmstat'), textOf(after, 'vmstat'), windowMs);
  if (fact) memory.observe(fact, node, at);
  memory.end(sourceEnd([...failures(after, 'meminfo'), ...failures(after, 'vmstat')], 2));
}

async function readAll(host: Host): Promise<Sample> {
  const names = [
    ...RESOURCES.map((r) => [r, `pressure/${r}`]),
    ...['loadavg', 'stat', 'meminfo', 'vmstat'].map((n) => [n, n]),
  ];
  const reads = await Promise.all(
    names.map(async ([name = '', path = '']) => [name, await host.files.readText(host.proc(path))] as const),
  );
  return Object.fromEntries(reads);
}

function textOf(sample: Sample, name: string): string {
  const read = sample[name];
  return read?.ok ? read.value : '';
}

function parsed<T>(sample: Sample, name: string, parse: (text: string) => T): T | null {
  const read = sample[name];
  return read?.ok ? parse(read.value) : null;
}

function failures(sample: Sample, name: string): string[] {
  const read = sample[name];
  return read && !read.ok ? [read.error] : [];
}
