import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { shellCommand, shellWord } from './shell.ts';

/** A limit of a cgroup: its controller, the files that hold it on either cgroup version, and what lifts it. */
export interface CgroupKnob {
  readonly controller: string;
  readonly v1: { readonly files: readonly string[]; readonly lift: string };
  readonly v2: { readonly files: readonly string[]; readonly lift: string };
  /** Unit properties that lift the same limit: systemd.resource-control(5). */
  readonly properties: readonly string[];
}

export const CPU_QUOTA: CgroupKnob = {
  controller: 'cpu',
  v1: { files: ['cpu.cfs_quota_us'], lift: '-1' },
  v2: { files: ['cpu.max'], lift: 'max' },
  properties: ['CPUQuota='],
};
export const MEMORY_LIMIT: CgroupKnob = {
  controller: 'memory',
  v1: { files: ['memory.limit_in_bytes'], lift: '-1' },
  // Above memory.high tasks are slowed down, at memory.max they are killed.
  v2: { files: ['memory.high', 'memory.max'], lift: 'max' },
  properties: ['MemoryHigh=infinity', 'MemoryMax=infinity'],
};
export const PIDS_LIMIT: CgroupKnob = {
  controller: 'pids',
  v1: { files: ['pids.max'], lift: 'max' },
  v2: { files: ['pids.max'], lift: 'max' },
  properties: ['TasksMax=infinity'],
};

/** `/system.slice/docker.service` of a cgroup's id. */
export function cgroupPath(id: EntityId): string {
  return id.slice('cgroup:'.length);
}

/** The unit whose cgroup this is, where systemd runs the host. */
export function unitOfCgroup(view: CaseView, id: EntityId): string | null {
  const init = view.all('host').at(-1)?.fact.init ?? 'systemd';
  const unit = /([^/]+\.(?:service|slice|scope))$/.exec(cgroupPath(id))?.[1];
  return init === 'systemd' ? (unit ?? null) : null;
}

/** The command that lifts a limit now: through systemd where a unit owns the cgroup, as it would put it back. */
export function liftCommand(view: CaseView, id: EntityId, knob: CgroupKnob): string {
  const unit = unitOfCgroup(view, id);
  if (unit !== null) return shellCommand('systemctl', 'set-property', '--runtime', unit, ...knob.properties);
  const path = cgroupPath(id).replace(/\/$/, '');
  const v2 = isCgroupV2(view);
  const { files, lift } = v2 ? knob.v2 : knob.v1;
  const folder = v2 ? `/sys/fs/cgroup${path}` : `/sys/fs/cgroup/${knob.controller}${path}`;
  return files.map((file) => `echo ${lift} > ${shellWord(`${folder}/${file}`)}`).join('; ');
}

/** Whether the host has only the unified hierarchy. */
export function isCgroupV2(view: CaseView): boolean {
  return view.all('host').at(-1)?.fact.cgroups === 'v2';
}
