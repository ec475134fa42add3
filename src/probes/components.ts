import { entityId } from '../evidence/entity.ts';
import { type Daemon, findDaemons } from './daemons/identify.ts';
import { absentComponents } from './daemons/report-absent.ts';
import { reportDaemon } from './daemons/report-daemon.ts';
import { reportUnits } from './daemons/report-units.ts';
import { sampleDaemon } from './daemons/sample.ts';
import { requestStackDump, type SendSignal, stackDumpPlace } from './daemons/stack-dump.ts';
import { readVersions } from './daemons/version.ts';
import { listeningSockets } from './listening-sockets.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseKernelStat } from './procfs/kernel-stat.ts';
import { sampleTwice } from './window.ts';

/**
 * The daemons that Ready hangs on: which run, since when, in which state, what listens where, what systemd says of them,
 * and which should run and do not.
 */
export const componentsProbe: Probe = createComponentsProbe((pid, signal) => {
  process.kill(pid, signal);
});

/** @param send how a signal is sent, where the user asked for stack dumps; never used otherwise */
export function createComponentsProbe(send: SendSignal): Probe {
  return { name: 'components', topics: ['components', 'systemd'], run: (context) => run(context, send) };
}

async function run(context: ProbeContext, send: SendSignal): Promise<void> {
  const { host, options } = context;
  const survey = await context.survey();
  const daemons = findDaemons(survey);
  const [endpoints, listening, bootedAt] = await Promise.all([
    context.endpoints(),
    listeningSockets(host, survey),
    bootTime(context),
  ]);
  const reportAbsent = async (): Promise<void> => {
    const units = await reportUnits(context, survey, daemons);
    await absentComponents(context, { survey, daemons, units, endpoints, listening });
  };
  const reportRunning = async (): Promise<void> => {
    // Asked while the samples are taken, so that it costs no time of its own.
    const versions = readVersions(host, daemons);
    const pairs = await sampled(context, daemons);
    await Promise.all(pairs.map((d) => reportDaemon(context, d, { endpoints, listening, bootedAt, versions })));
    if (options.stackDumps) await Promise.all(daemons.map((d) => dumpStacks(context, d, send)));
  };
  await Promise.all([reportRunning(), reportAbsent()]);
}

async function sampled(context: ProbeContext, daemons: readonly Daemon[]) {
  if (daemons.length === 0) return [];
  const take = () => Promise.all(daemons.map((d) => sampleDaemon(context.host, d.process.pid)));
  const { before, after } = await sampleTwice(context, take);
  return daemons.map((daemon, i) => ({ daemon, before: before[i] ?? null, after: after[i] ?? null }));
}

async function bootTime({ host }: ProbeContext): Promise<number | null> {
  const stat = await host.files.readText(host.proc('stat'));
  const seconds = stat.ok ? parseKernelStat(stat.value).bootTime : null;
  return seconds === null ? null : seconds * 1000;
}

async function dumpStacks({ host, record }: ProbeContext, daemon: Daemon, send: SendSignal): Promise<void> {
  const place = stackDumpPlace(daemon);
  if (place === null) return;
  const { pid } = daemon.process;
  const source = record.source(`stack dump of ${daemon.name} (pid ${pid}) to ${place}`, `kill -USR1 ${pid}`);
  const refused = await requestStackDump(host, daemon, send);
  if (refused === null) {
    record.entity(entityId.component(daemon.name, pid), daemon.name, { stackDump: place });
    source.end({ status: 'ok' });
  } else source.end({ status: 'skipped', error: refused });
}
