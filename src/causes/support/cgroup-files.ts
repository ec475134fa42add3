import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { shellCommand, shellWord } from '../../text/shell.ts';
import { isCgroupV2, runsSystemd } from './host.ts';

/** A limit of a cgroup: its controller, the files that hold it on either cgroup version, and what lifts it. */
interface CgroupKnob {
  readonly controller: string;
  readonly v1: Limit;
  readonly v2: Limit;
}

interface Limit {
  readonly files: readonly string[];
  readonly lift: string;
  /** Unit properties that lift the same limit: systemd.resource-control(5). */
  readonly properties: readonly string[];
}

export const CPU_QUOTA: CgroupKnob = {
  controller: 'cpu',
  v1: { files: ['cpu.cfs_quota_us'], lift: '-1', properties: ['CPUQuota='] },
  v2: { files: ['cpu.max'], lift: 'max', properties: ['CPUQuota='] },
};
export const MEMORY_LIMIT: CgroupKnob = {
  controller: 'memory',
  // MemoryLimit= is the older name, which units of such hosts still use; MemoryMax= does not undo it.
  v1: {
    files: ['memory.limit_in_bytes'],
    lift: '-1',
    properties: ['MemoryMax=infinity', 'MemoryLimit=infinity'],
  },
  // Above memory.high tasks are slowed down, at memory.max they are killed.
  v2: {
    files: ['memory.high', 'memory.max'],
    lift: 'max',
    properties: ['MemoryHigh=infinity', 'MemoryMax=infinity'],
  },
};
export const PIDS_LIMIT: CgroupKnob = {
  controller: 'pids',
  v1: { files: ['pids.max'], lift: 'max', properties: ['TasksMax=infinity'] },
  v2: { files: ['pids.max'], lift: 'max', properties: ['TasksMax=infinity'] },
};

/** `/system.slice/docker.service` of a cgroup's id. */
export function cgroupPath(id: EntityId): string {
  return id.slice('cgroup:'.length);
}

/** The unit whose cgroup this is, where systemd runs the host. */
export function unitOfCgroup(view: CaseView, id: EntityId): string | null {
  const unit = /([^/]+\.(?:service|slice|scope))$/.exec(cgroupPath(id))?.[1];
  return runsSystemd(view) ? (unit ?? null) : null;
}

/** The command that lifts a limit now: through systemd where a unit owns the cgroup, as it would put it back. */
export function liftCommand(view: CaseView, id: EntityId, knob: CgroupKnob): string {
  const v2 = isCgroupV2(view);
  const { files, lift, properties } = v2 ? knob.v2 : knob.v1;
  const unit = unitOfCgroup(view, id);
  if (unit !== null) return shellCommand('systemctl', 'set-property', '--runtime', unit, ...properties);
  const path = cgroupPath(id).replace(/\/$/, '');
  const folder = v2 ? `/sys/fs/cgroup${path}` : `/sys/fs/cgroup/${knob.controller}${path}`;
  return files.map((file) => `echo ${lift} > ${shellWord(`${folder}/${file}`)}`).join('; ');
}
