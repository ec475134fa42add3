import type { Host } from '../../host/host.ts';
import { isShimName } from '../../host/runtime-names.ts';
import { isKernelThread, type Survey, type SurveyedProcess } from '../../host/survey.ts';
import { type CgroupContainer, type CgroupLine, containerOf, parseCgroup } from '../procfs/cgroup.ts';
import type { ShimArgs } from '../procfs/shim-args.ts';

const MAX_BYTES = 16_384;

/** The container of a process, with the cgroups the process is in; none where the container is known by its shim only. */
export interface Member extends CgroupContainer {
  readonly lines?: readonly CgroupLine[];
}

/** Which container each process belongs to, by pid. */
export type Membership = ReadonlyMap<number, Member>;

export interface Shim extends ShimArgs {
  readonly process: SurveyedProcess;
}

/**
 * Reads the container of every process from its cgroup. A dead leader's own cgroup reads `/` (the kernel moves a dying
 * task to the root: kernel/cgroup/cgroup.c, cgroup_exit), so a zombie is placed by its threads, then by its parent:
 * a process of a container, or a shim that looks after one container only.
 */
export async function readMembership(host: Host, survey: Survey, shims: readonly Shim[]): Promise<Membership> {
  const processes = [...survey.processes.values()].filter((p) => !isKernelThread(p) && !isShimName(p.comm));
  const found = await Promise.all(processes.map(async (p) => [p.pid, await containerOfProcess(host, p)] as const));
  // Where the whole host is itself a container (a node made of one), its own cgroup says nothing of its processes.
  const own = found.find(([pid]) => pid === 1)?.[1]?.containerId;
  const members = new Map<number, Member>();
  for (const [pid, container] of found) if (container && container.containerId !== own) members.set(pid, container);
  for (const zombie of processes) {
    if (zombie.state !== 'Z' || members.has(zombie.pid)) continue;
    const container = members.get(zombie.ppid) ?? containerOfShim(zombie.ppid, shims, members, survey);
    if (container) members.set(zombie.pid, container);
  }
  return members;
}

async function containerOfProcess(host: Host, process: SurveyedProcess): Promise<Member | null> {
  const own = await readContainer(host, `${process.pid}/cgroup`);
  if (own || process.state !== 'Z' || process.threads <= 1) return own;
  const tids = await host.files.list(host.proc(`${process.pid}/task`));
  for (const tid of tids.ok ? tids.value : []) {
    const container = await readContainer(host, `${process.pid}/task/${tid}/cgroup`);
    if (container) return container;
  }
  return null;
}

async function readContainer(host: Host, file: string): Promise<Member | null> {
  const read = await host.files.readText(host.proc(file), { maxBytes: MAX_BYTES });
  const lines = read.ok ? parseCgroup(read.value) : [];
  const container = containerOf(lines);
  return container && { ...container, lines };
}

/** The one container that a shim looks after; null where it may be one of several of a pod. */
function containerOfShim(
  pid: number,
  shims: readonly Shim[],
  members: Membership,
  survey: Survey,
): CgroupContainer | null {
  const shim = shims.find((s) => s.process.pid === pid);
  if (!shim) return null;
  const siblings = [...survey.processes.values()].filter((p) => p.ppid === pid).map((p) => members.get(p.pid));
  const others = siblings.some((container) => container && container.containerId !== shim.containerId);
  const ofPod = shim.namespace === 'k8s.io';
  if (others || ofPod) return null;
  return { containerId: shim.containerId, podUid: null, path: '' };
}
