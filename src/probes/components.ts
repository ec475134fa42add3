import { type Daemon, findDaemons } from './daemons/identify.ts';
import { absentComponents } from './daemons/report-absent.ts';
import { reportDaemon } from './daemons/report-daemon.ts';
import { reportUnits } from './daemons/report-units.ts';
import { sampleDaemon } from './daemons/sample.ts';
import { readVersions } from './daemons/version.ts';
import { listeningSockets } from './endpoints/listening-sockets.ts';
import { observeGap } from './gaps.ts';
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
  if (daemons.length === 0) reportNone(context);
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

/** That there is nothing to look at is an answer, too. */
function reportNone({ record }: ProbeContext): void {
  const source = record.source('process table', 'ps -C dockerd,containerd,crio,kubelet -o pid,stat,lstart,args');
  observeGap(source, 'components', 'absent', 'no container runtime and no kubelet runs', { partial: false });
  source.end({ status: 'ok' });
}

async function sampled(context: ProbeContext, daemons: readonly Daemon[]) {
  if (daemons.length === 0) return [];
  const take = () => Promise.all(daemons.map((d) => sampleDaemon(context.host, d.process.pid)));
  const { before, after } = await sampleTwice(context, take);
  return daemons.map((daemon, i) => ({ daemon, before: before[i] ?? null, after: after[i] ?? null }));
}
