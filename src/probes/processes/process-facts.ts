import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import type { Host } from '../../host/host.ts';
import { type SurveyedProcess, splitArgs } from '../../host/survey.ts';
import { startedAt } from '../machine.ts';
import type { ProbeContext } from '../probe.ts';
import { parseProcStatus } from '../procfs/status.ts';
import type { Membership } from './membership.ts';
import { nameContainer, nameProcess } from './names.ts';

export interface ProcessFactsInput {
  readonly kept: readonly SurveyedProcess[];
  readonly members: Membership;
  readonly later: ReadonlyMap<number, string>;
  readonly adopted: ReadonlySet<number>;
  /** Unix ms; null where not known. */
  readonly bootedAt: number | null;
}

/** Writes the kept processes, who their parents are and which containers they belong to. */
export async function noteProcesses(
  context: ProbeContext,
  source: SourceRecorder,
  input: ProcessFactsInput,
): Promise<void> {
  const keptPids = new Set(input.kept.map((p) => p.pid));
  await Promise.all(
    input.kept.map(async (process) => {
      const more = await readMore(context.host, process);
      const id = nameProcess(context.record, process);
      const about: EntityId[] = [id];
      if (keptPids.has(process.ppid)) context.record.link(id, 'child-of', entityId.process(process.ppid));
      const member = input.members.get(process.pid);
      if (member) {
        const container = nameContainer(context.record, member);
        context.record.link(id, 'in-container', container);
        if (more.namespaceInit) context.record.link(container, 'runs', id);
        about.push(container);
      }
      source.observe(processFact(process, more, input), about);
    }),
  );
}

interface More {
  readonly uid: number | null;
  readonly namespaceInit: boolean;
  readonly cmdline: string | null;
  readonly exe: string | null;
}

async function readMore(host: Host, process: SurveyedProcess): Promise<More> {
  const { pid, exe, args } = process;
  const [status, cmdline, link] = await Promise.all([
    host.files.readText(host.proc(`${pid}/status`), { maxBytes: 8192 }),
    args ? null : host.files.readText(host.proc(`${pid}/cmdline`), { maxBytes: 4096 }),
    exe === null ? host.files.readLink(host.proc(`${pid}/exe`)) : null,
  ]);
  const { uid, namespaceInit } = parseProcStatus(status.ok ? status.value : '');
  const words = args ?? (cmdline?.ok ? splitArgs(cmdline.value) : null);
  return { uid, namespaceInit, cmdline: words?.join(' ') ?? null, exe: exe ?? (link?.ok ? link.value : null) };
}

function processFact(process: SurveyedProcess, more: More, input: ProcessFactsInput): FactOf<'process'> {
  const { pid, ppid, startTicks, comm, threads } = process;
  const state = input.later.get(pid) ?? process.state;
  return {
    type: 'process',
    pid,
    ppid,
    startTicks,
    startedAt: startedAt(process, input.bootedAt),
    comm,
    cmdline: more.cmdline,
    exe: more.exe,
    state,
    lasting: state === process.state,
    threads,
    uid: more.uid,
    adopted: input.adopted.has(pid),
  };
}
