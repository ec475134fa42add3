import { type EntityId, entityId } from '../evidence/entity.ts';
import type { ProbeRecorder, SourceRecorder } from '../evidence/recorder.ts';
import { parseProcStat } from '../host/proc-stat.ts';
import type { SurveyedProcess } from '../host/survey.ts';
import { callerOf, cniCandidates } from './cni/candidates.ts';
import { type CniEnvironment, parseCniEnvironment } from './cni/environment.ts';
import { readBootTime, startedAt } from './machine.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { untilWindowEnds } from './window.ts';

/** Kept for the second look. */
const RESERVE_MS = 500;

/** CNI plugins that are at work for the whole window: since when, for which pod, and what they wait in. */
export const cniProbe: Probe = { name: 'cni', topics: ['processes'], run };

interface CniCall {
  readonly process: SurveyedProcess;
  readonly environment: CniEnvironment;
}

async function run(context: ProbeContext): Promise<void> {
  const { host } = context;
  const from = host.now();
  const [survey, bootedAt] = await Promise.all([context.survey(), context.share(readBootTime)]);
  const read = await Promise.all(cniCandidates(survey).map((process) => readCall(context, process)));
  const calls = read.filter((call) => call !== null);
  if (calls.length === 0) return;
  await untilWindowEnds(context, from, RESERVE_MS);
  const source = context.record.source('/proc/*/environ (CNI_*)', 'grep -azl CNI_COMMAND /proc/[0-9]*/environ');
  await Promise.all(
    calls.map(async (call) => {
      const caller = callerOf(call.process, survey.processes);
      await noteCall(context, source, call, { bootedAt, caller });
    }),
  );
  source.end({ status: 'ok' });
}

async function readCall({ host }: ProbeContext, process: SurveyedProcess): Promise<CniCall | null> {
  const read = await host.files.readText(host.proc(`${process.pid}/environ`), { maxBytes: 65_536 });
  const environment = read.ok ? parseCniEnvironment(read.value) : null;
  return environment && { process, environment };
}

async function noteCall(
  { host, record }: ProbeContext,
  source: SourceRecorder,
  { process, environment }: CniCall,
  { bootedAt, caller }: { bootedAt: number | null; caller: ReturnType<typeof callerOf> },
): Promise<void> {
  const { pid } = process;
  const [stat, wchan, exe] = await Promise.all([
    host.files.readText(host.proc(`${pid}/stat`), { maxBytes: 4096 }),
    host.files.readText(host.proc(`${pid}/wchan`), { maxBytes: 256 }),
    host.files.readText(host.proc(`${pid}/cmdline`), { maxBytes: 4096 }),
  ]);
  const now = stat.ok ? parseProcStat(stat.value) : null;
  const began = startedAt(process, bootedAt);
  if (now === null || now.startTicks !== process.startTicks || began === null) return;
  const { podUid: _podUid, ...told } = environment;
  const name = wchan.ok ? wchan.value.trim() : '';
  source.observe(
    {
      type: 'cni-call',
      pid,
      startTicks: process.startTicks,
      plugin: pluginName(exe.ok ? exe.value : '', process.comm),
      ageMs: Math.max(host.now() - began, 0),
      state: now.state,
      wchan: name === '' || name === '0' ? null : name,
      caller,
      ...told,
    },
    namesOf(record, process, environment),
  );
}

/** The plugin's file, also where it is a script that an interpreter runs. */
function pluginName(cmdline: string, comm: string): string {
  const words = cmdline.split('\0').slice(0, 3);
  const path = words.find((word) => /\/cni\/|\/cni-?bin\//.test(word)) ?? null;
  return path === null ? comm : path.slice(path.lastIndexOf('/') + 1);
}

function namesOf(record: ProbeRecorder, { pid, comm }: SurveyedProcess, environment: CniEnvironment): EntityId[] {
  const { containerId, podUid, podNamespace, podName } = environment;
  const about = [record.entity(entityId.process(pid), `${comm}[${pid}]`, { pid, comm })];
  const container = containerId === null ? null : entityId.container(containerId);
  if (container !== null) about.push(record.entity(container, containerId?.slice(0, 12) ?? '', {}));
  if (podUid !== null) {
    const pod = record.entity(entityId.pod(podUid), [podNamespace, podName].filter(Boolean).join('/') || podUid, {
      podUid,
      ...(podName === null ? {} : { pod: podName }),
      ...(podNamespace === null ? {} : { namespace: podNamespace }),
    });
    about.push(pod);
    if (container !== null) record.link(container, 'member-of', pod);
  }
  return about;
}
