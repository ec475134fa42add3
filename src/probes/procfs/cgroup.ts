/** A line of /proc/PID/cgroup (cgroups(7)): hierarchy 0 without controllers is cgroup v2. */
export interface CgroupLine {
  readonly hierarchy: number;
  /** `freezer`, `cpu`, `name=systemd`; empty for v2. */
  readonly controllers: readonly string[];
  readonly path: string;
}

/** The container a cgroup belongs to. */
export interface CgroupContainer {
  readonly containerId: string;
  readonly podUid: string | null;
  /** Path of the container's own cgroup, without what the container made below it. */
  readonly path: string;
}

/** What the kernel appends once the cgroup itself is gone: kernel/cgroup/cgroup.c, proc_cgroup_show. */
const REMOVED = / \(deleted\)$/;

/** @param text /proc/PID/cgroup or /proc/PID/task/TID/cgroup; lines of another form are left out */
export function parseCgroup(text: string): CgroupLine[] {
  const lines: CgroupLine[] = [];
  for (const line of text.split('\n')) {
    const [, hierarchy, controllers, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (hierarchy === undefined || controllers === undefined || path === undefined) continue;
    lines.push({
      hierarchy: Number(hierarchy),
      controllers: controllers === '' ? [] : controllers.split(','),
      path: path.replace(REMOVED, ''),
    });
  }
  return lines;
}

// A container's own segment, by cgroup driver and runtime:
//   <id>                           cgroupfs: /docker/<id>, /kubepods/burstable/pod<uid>/<id>
//   docker-<id>.scope              systemd: Docker; so cri-containerd-, crio-, libpod-
//   <slice>:cri-containerd:<id>    a systemd-style path given to a cgroupfs driver
//   crio-<id>, libpod-<id>         cgroupfs: CRI-O, Podman
// crio-conmon-<id>.scope is conmon's own and not the container's.
const CONTAINER = /^(?:(?:[\w.-]*:)?(?!.*conmon)[a-z-]+[:-])?([0-9a-f]{64})(?:\.scope)?$/;
const POD = /(?:^|-)pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?(?::|$)/;

/** The innermost container that a cgroup path lies in; null where it lies in none. */
export function containerOfPath(path: string): CgroupContainer | null {
  const segments = path.split('/');
  for (let i = segments.length - 1; i > 0; i -= 1) {
    const containerId = CONTAINER.exec(segments[i] ?? '')?.[1];
    if (containerId === undefined) continue;
    const within = segments.slice(0, i + 1);
    return { containerId, podUid: podUidOf(within), path: within.join('/') };
  }
  return null;
}

/** The container a process lies in by any of its hierarchies; null for none, and for the leader of a dead process. */
export function containerOf(lines: readonly CgroupLine[]): CgroupContainer | null {
  for (const line of lines) {
    const found = containerOfPath(line.path);
    if (found) return found;
  }
  return null;
}

function podUidOf(segments: readonly string[]): string | null {
  for (const segment of segments.toReversed()) {
    const uid = POD.exec(segment)?.[1];
    if (uid !== undefined) return uid.replaceAll('_', '-');
  }
  return null;
}
