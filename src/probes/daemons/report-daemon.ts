import { entityId } from '../../evidence/entity.ts';
import { endpointUrl } from '../endpoints/address.ts';
import type { ListeningSocket } from '../endpoints/listening-sockets.ts';
import type { Endpoint } from '../endpoints.ts';
import { startedAt } from '../machine.ts';
import type { ProbeContext } from '../probe.ts';
import type { Daemon } from './identify.ts';
import { countStates, type DaemonSample } from './sample.ts';

export interface SampledDaemon {
  readonly daemon: Daemon;
  /** Null where the process was gone. */
  readonly before: DaemonSample | null;
  readonly after: DaemonSample | null;
}

export interface Surroundings {
  readonly endpoints: readonly Endpoint[];
  readonly listening: readonly ListeningSocket[];
  /** Unix ms. */
  readonly bootedAt: number | null;
  readonly versions: ReadonlyMap<number, Promise<string | null>>;
}

/** Writes what is known of one daemon: its state in both samples, threads, age, version, sockets. */
export async function reportDaemon(
  context: ProbeContext,
  { daemon, before, after }: SampledDaemon,
  { endpoints, listening, bootedAt, versions }: Surroundings,
): Promise<void> {
  const { record } = context;
  const { name, process, within, startedBy } = daemon;
  const { pid } = process;
  const source = record.source(`/proc/${pid}/stat, task/*/stat, fd`, `ps -L -o pid,tid,stat,wchan:32,comm -p ${pid}`);
  const sample = after;
  if (sample === null || sample.stat.startTicks !== process.startTicks) {
    source.end({ status: 'skipped', error: `${name} (pid ${pid}) ended meanwhile` });
    return;
  }
  const id = record.entity(entityId.component(name, pid), name, { pid, ...(within === null ? {} : { within }) });
  record.entity(entityId.process(pid), process.comm, { pid });
  record.link(id, 'is-process', entityId.process(pid));
  for (const endpoint of endpoints.filter((e) => e.listenerPid === pid)) {
    for (const kind of endpoint.kinds) {
      const engine = entityId.engine(kind, endpointUrl(endpoint.path));
      record.entity(engine, endpointUrl(endpoint.path), { kind });
      record.link(id, 'listens-on', engine);
    }
  }
  source.observe(
    {
      type: 'component',
      name,
      pid,
      state: sample.stat.state,
      lasting: before?.stat.state === sample.stat.state,
      threadStates: countStates(sample),
      startedAt: startedAt(process, bootedAt),
      exe: process.exe,
      version: (await versions.get(pid)) ?? null,
      args: [...(process.args ?? [])],
      listensOn: listening.filter((s) => s.listener.pid === pid).map((s) => s.path),
      startedBy,
    },
    [id],
  );
  source.end({ status: process.args === null ? 'partial' : 'ok' });
}
