import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { ProbeRecorder } from '../../evidence/recorder.ts';
import type { CgroupContainer } from '../procfs/cgroup.ts';

/** Names a process in the case file, as syslog does: `nginx[4711]`. */
export function nameProcess(record: ProbeRecorder, { pid, comm }: { pid: number; comm: string }): EntityId {
  return record.entity(entityId.process(pid), `${comm}[${pid}]`, { pid, comm });
}

/** Names a thread and ties it to its process. */
export function nameThread(record: ProbeRecorder, thread: { pid: number; tid: number; comm: string }): EntityId {
  const { pid, tid, comm } = thread;
  const id = record.entity(entityId.thread(pid, tid), `${comm}[${tid}]`, { pid, tid, comm });
  record.link(id, 'of-process', entityId.process(pid));
  return id;
}

/** Names a container that a cgroup or a shim speaks of, and its pod; a runtime that lists it gives the better name. */
export function nameContainer(record: ProbeRecorder, container: CgroupContainer): EntityId {
  const { containerId, podUid, path } = container;
  const id = record.entity(entityId.container(containerId), containerId.slice(0, 12), { containerId });
  if (podUid !== null) {
    record.link(id, 'member-of', record.entity(entityId.pod(podUid), podUid, { podUid }));
  }
  if (path !== '') record.link(id, 'in-cgroup', record.entity(entityId.cgroup(path), path, { path }));
  return id;
}
