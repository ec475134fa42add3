import { entityId } from '../../evidence/entity.ts';
import type { ProbeRecorder, SourceRecorder } from '../../evidence/recorder.ts';
import type { Survey } from '../../host/survey.ts';
import { startedAt } from '../machine.ts';
import type { Membership, Shim } from './membership.ts';
import { nameContainer } from './names.ts';

export interface ShimFactsInput {
  readonly survey: Survey;
  readonly shims: readonly Shim[];
  readonly members: Membership;
  readonly later: ReadonlyMap<number, string>;
  readonly bootedAt: number | null;
}

/** Writes the shims that serve a container, and which containers: the one they were started for and those of their children. */
export function noteShims(record: ProbeRecorder, source: SourceRecorder, input: ShimFactsInput): void {
  for (const shim of input.shims) {
    const { process, containerId, namespace, role } = shim;
    const { pid, comm } = process;
    const state = input.later.get(pid);
    // Started or ended in between, or a helper that is none.
    if (state === undefined || role !== 'serve') continue;
    const attrs = { pid, containerId, ...(namespace === null ? {} : { namespace }) };
    const id = record.entity(entityId.shim(pid), `${comm}[${pid}]`, attrs);
    record.link(id, 'is-process', entityId.process(pid));
    const own = nameContainer(record, { containerId, podUid: null, path: '' });
    record.link(id, 'supervises', own);
    for (const child of input.survey.processes.values()) {
      const member = child.ppid === pid ? input.members.get(child.pid) : undefined;
      if (member) record.link(id, 'supervises', nameContainer(record, member));
    }
    source.observe(
      {
        type: 'shim',
        pid,
        state,
        lasting: state === process.state,
        containerId,
        namespace,
        startedAt: startedAt(process, input.bootedAt),
      },
      [id, entityId.process(pid), own],
    );
  }
}
