import { type EntityId, entityId } from '../../src/evidence/entity.ts';
import type { FactOf, FactType } from '../../src/evidence/observation.ts';
import { CaseView } from '../../src/evidence/view.ts';
import { CaseBuilder } from './case.ts';

type Changes<T extends FactType> = Partial<Omit<FactOf<T>, 'type'>>;
const GIB = 1024 ** 3;

/**
 * A Docker node as the resource causes see it: dockerd, its containerd and the kubelet, each in a cgroup, their data
 * on one disk. What happens on it is for the test to say.
 */
export class ResourceCase extends CaseBuilder {
  readonly dockerd = entityId.component('dockerd', 700);
  readonly containerd = entityId.component('containerd', 650);
  readonly docker = entityId.engine('docker', 'unix:///run/docker.sock');
  readonly dockerCgroup = entityId.cgroup('/system.slice/docker.service');
  readonly dataMount = entityId.mount('host', '8:16', '/var/lib/docker');
  readonly sdb = entityId.device('8:16');

  /** @param cgroups the version of the host's cgroups */
  constructor(cgroups: 'v1' | 'v2' = 'v2') {
    super();
    const kubeletCgroup = entityId.cgroup('/system.slice/kubelet.service');
    const host = {
      hostname: 'node-1',
      kernel: '6.1.0',
      os: 'Debian 12',
      arch: 'x64',
      cpus: 4,
      init: 'systemd',
      uid: 0,
    };
    this.fact({ type: 'host', bootedAt: null, cgroups, ...host }, [entityId.node()]);
    this.component('dockerd', 700).component('containerd', 650, { startedBy: 700 }).component('kubelet', 900);
    this.engine('docker').entity(this.dockerCgroup, '/system.slice/docker.service');
    this.link(this.dockerd, 'in-cgroup', this.dockerCgroup).link(this.containerd, 'in-cgroup', this.dockerCgroup);
    this.entity(kubeletCgroup, '/system.slice/kubelet.service');
    this.link(entityId.component('kubelet', 900), 'in-cgroup', kubeletCgroup);
    this.link(this.dockerd, 'listens-on', this.docker).link(this.dockerd, 'stored-on', this.dataMount);
    this.entity(this.dataMount, '/var/lib/docker').entity(this.sdb, 'sdb').link(this.dataMount, 'on-device', this.sdb);
  }

  /** Calls to dockerd that each take so long; past 10 s they have timed out. */
  calls(tookMs: number, ...calls: readonly FactOf<'call'>['call'][]): this {
    for (const call of calls.length > 0 ? calls : (['version', 'list', 'info'] as const)) {
      this.call(call, tookMs >= 10_000 ? 'timeout' : 'ok', { tookMs, deadlineMs: 10_000 });
    }
    return this;
  }

  /** A call to dockerd that failed with these words. */
  failed(error: string): this {
    return this.call('list', 'error', { errorCode: '500', error });
  }

  /** Both lines, in per cent. */
  pressure(
    resource: FactOf<'pressure'>['resource'],
    percent: Partial<FactOf<'pressure'>['some']>,
    about: EntityId = entityId.node(),
  ): this {
    const line = { avg10: 0, avg60: 0, avg300: 0, ...percent };
    const window = { windowMs: 1000, windowSome: null, windowFull: null };
    return this.fact({ type: 'pressure', resource, some: line, full: line, ...window }, [about]);
  }

  /** A quota of 0.1 CPU that throttles so many of ten periods. */
  cpuQuota(throttledPeriods: number, about = this.dockerCgroup, changes: Partial<FactOf<'cgroup-cpu'>> = {}): this {
    const window = { windowMs: 1000, periodMs: 100, periods: 10, throttledPeriods, throttledMs: throttledPeriods * 90 };
    return this.fact({ type: 'cgroup-cpu', quotaCpus: 0.1, ...window, ...changes }, [about]);
  }

  /** How long the threads of a daemon ran, and waited for a CPU, within a second. */
  scheduled(onCpuMs: number, waitedMs: number, about = this.dockerd): this {
    return this.fact({ type: 'scheduling', windowMs: 1000, onCpuMs, waitedMs }, [about]);
  }

  /** CPU time of the host, as shares of one. */
  cpuTime(busy: number, steal: number): this {
    return this.fact({ type: 'cpu', windowMs: 1000, busy, iowait: 0, steal }, [entityId.node()]);
  }

  /** What the disk under /var/lib/docker does: as told, else writing at full speed and answering in 3 ms. */
  diskBusy(changes: Changes<'disk-activity'>): this {
    const copying = { completed: 400, writtenBytes: 0.2 * GIB, utilisation: 1, awaitMs: 3, inFlight: 4 };
    return this.disk('sdb', '8:16', { ...copying, ...changes });
  }

  /** A ceiling on what dockerd may write to its disk. */
  writeCeiling(bytesPerSecond: number): this {
    const open = { readBps: null, readIops: null, writeIops: null };
    return this.fact({ type: 'cgroup-io', device: '8:16', writeBps: bytesPerSecond, ...open }, [this.dockerCgroup]);
  }

  /** 8 GiB, of which 3 are available, unless told otherwise. */
  memory(changes: Changes<'memory'>): this {
    const plenty = { totalBytes: 8 * GIB, availableBytes: 3 * GIB, swapTotalBytes: 0, swapFreeBytes: 0 };
    const quiet = { oomKillsSinceBoot: 0, windowMs: 1000, directReclaims: 0, majorFaults: 0 };
    return this.fact({ type: 'memory', ...plenty, ...quiet, ...changes }, [entityId.node()]);
  }

  limit(changes: Changes<'limit'>, about: EntityId = entityId.node()): this {
    const pids = { resource: 'pids', scope: 'host', subject: 'host', used: 500, max: 32_768, hits: null } as const;
    return this.fact({ type: 'limit', ...pids, ...changes }, [about]);
  }

  /** 60 of 100 GiB left on docker's filesystem, unless told otherwise. */
  room(changes: Changes<'statfs'>, about = this.dataMount): this {
    const blocks = { totalBytes: 100 * GIB, availableBytes: 60 * GIB };
    const files = { inodes: 6_500_000, inodesFree: 6_000_000, roles: ['docker-root'] };
    return this.statfs(about, { ...blocks, ...files, ...changes });
  }

  oomKill(task: string, agoMs: number, line = `Out of memory: Killed process 4321 (${task}) total-vm:1234kB`): this {
    return this.kernel('oom-kill', agoMs, { line, task, pid: 4321 });
  }

  /** A daemon that something expects, and that does not run. */
  absent(name: FactOf<'component-absent'>['name'], boundAt?: number): this {
    return this.fact(
      {
        type: 'component-absent',
        name,
        expectedBecause: 'unit',
        detail: '',
        ...(boundAt === undefined ? {} : { boundAt }),
      },
      [entityId.component(name, null)],
    );
  }

  view(): CaseView {
    return new CaseView(this.build());
  }
}
