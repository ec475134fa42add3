import { type Daemon, findDaemons } from './daemons/identify.ts';
import { absentComponents } from './daemons/report-absent.ts';
import { reportDaemon } from './daemons/report-daemon.ts';
import { reportUnits } from './daemons/report-units.ts';
import { sampleDaemon } from './daemons/sample.ts';
import { readVersions } from './daemons/version.ts';
import { listeningSockets } from './endpoints/listening-sockets.ts';
import { readBootTime } from './machine.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { sampleTwice } from './window.ts';

/**
 * The daemons that Ready hangs on: which run, since when, in which state, what listens where, what systemd says of them,
 * and which should run and do not.
 */
export const componentsProbe: Probe = { name: 'components', topics: ['components', 'systemd'], run };

async function run(context: ProbeContext): Promise<void> {
  const { host } = context;
  const survey = await context.survey();
  const daemons = findDaemons(survey);
  const [endpoints, listening, bootedAt] = await Promise.all([
    context.endpoints(),
    context.share(listeningSockets),
    context.share(readBootTime),
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
  };
  await Promise.all([reportRunning(), reportAbsent()]);
}

async function sampled(context: ProbeContext, daemons: readonly Daemon[]) {
  if (daemons.length === 0) return [];
  const take = () => Promise.all(daemons.map((d) => sampleDaemon(context.host, d.process.pid)));
  const { before, after } = await sampleTwice(context, take);
  return daemons.map((daemon, i) => ({ daemon, before: before[i] ?? null, after: after[i] ?? null }));
}
