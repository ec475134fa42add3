import { entityId } from '../../src/evidence/entity.ts';
import { aCase, type CaseBuilder, CONTAINERD, FREEZE_STACK, idOf } from './case.ts';

// Incidents as they were seen on real runtimes, reduced to what tells them. Each returns the builder, for a test to
// change one thing.

export const DATA = entityId.mount('container', '7:0', '/data');
export const HOST_DATA = entityId.mount('host', '7:0', '/srv/data');

/** A healthy Docker host with so many containers. */
export function healthyDocker(containers = 3): CaseBuilder {
  const it = aCase().processTable().engine().answers();
  it.component('dockerd', 700, { listensOn: ['/run/docker.sock'] }).component('containerd', 650, { startedBy: 700 });
  it.link(entityId.component('dockerd', 700), 'listens-on', entityId.engine('docker', 'unix:///run/docker.sock'));
  for (let i = 0; i < containers; i += 1) it.container(`app${i}`, { pid: 2000 + i }).shim(1000 + i, `app${i}`);
  return it.statfs(entityId.mount('host', '8:1', '/')).gap('kubelet', 'absent');
}

/** Writers of a container in D on a frozen ext4, their killed leader a zombie under its shim. */
export function frozenFilesystem(): CaseBuilder {
  return healthyDocker()
    .container('prom', { pid: 23760, pod: 'prometheus-0' })
    .mount(DATA)
    .mount(HOST_DATA)
    .shim(23740, 'prom')
    .process(23760, { ppid: 23740, comm: 'prometheus', state: 'Z', threads: 3 })
    .stuckThread(23760, 23771, { stack: FREEZE_STACK, syscall: { number: 257, name: 'openat', path: '/data/5' } }, DATA)
    .stuckThread(23760, 23772, { stack: FREEZE_STACK, syscall: { number: 257, name: 'openat', path: '/data/6' } }, DATA)
    .logged('container-kill-failed', 20_000, {
      log: 'dockerd',
      containerId: idOf('prom'),
      line: 'PID 23760 is zombie and can not be killed',
    });
}

/** The same after somebody killed the shim: PID 1 has the zombie. */
export function adoptedZombie(): CaseBuilder {
  return healthyDocker()
    .container('prom', { pid: 23760 })
    .mount(DATA)
    .process(23760, { ppid: 1, comm: 'prometheus', state: 'Z', threads: 2, adopted: true })
    .stuckThread(23760, 23771, { stack: FREEZE_STACK }, DATA);
}

/** A stopped shim with a kill in flight, and a crash-looping neighbour in the same pod. */
export function stoppedShim(): CaseBuilder {
  return healthyDocker()
    .container('hung', { pid: 3100, pod: 'web-0', status: 'timeout' })
    .container('crash', { pid: 3200, pod: 'web-0', crashLooping: true })
    .shim(3000, 'hung', { state: 'T' });
}

/** dockerd stopped by SIGSTOP; the containerd beneath is fine. */
export function stoppedDockerd(): CaseBuilder {
  return aCase()
    .processTable()
    .engine()
    .hangs()
    .component('dockerd', 700, { state: 'T', listensOn: ['/run/docker.sock'] })
    .engine('containerd', CONTAINERD)
    .answers()
    .component('containerd', 650, { startedBy: 700, listensOn: ['/run/containerd/containerd.sock'] });
}

/** containerd stopped beneath a live dockerd. */
export function stoppedContainerd(): CaseBuilder {
  return healthyDocker()
    .engine('containerd', CONTAINERD)
    .hangs()
    .component('containerd', 651, { state: 'T', startedBy: 700, listensOn: ['/run/containerd/containerd.sock'] });
}

/** A full-speed copy: threads in D for longer than the window, on a disk that goes on completing requests. */
export function busyDisk(): CaseBuilder {
  const root = entityId.mount('host', '8:1', '/var/lib/docker');
  const disk = { completed: 900, writtenBytes: 4e8, utilisation: 1, awaitMs: 60, inFlight: 32 };
  return healthyDocker()
    .mount(root, { source: '/dev/sda1' })
    .disk('sda', '8:0', disk)
    .disk('sda1', '8:1', disk)
    .process(2000, { state: 'D' })
    .stuckThread(2000, 2000, { stack: ['io_schedule', 'balance_dirty_pages', 'generic_perform_write'] }, root)
    .stuckThread(2001, 2001, { stack: ['jbd2_log_wait_commit', 'ext4_sync_file', 'vfs_fsync_range'] }, root)
    .stuckThread(2002, 2002, {
      wchan: 'rwsem_down_write_slowpath',
      stack: ['rwsem_down_write_slowpath', 'down_write'],
    });
}

/** A paused container as cgroup v1 shows it. */
export function pausedContainer(): CaseBuilder {
  return healthyDocker()
    .container('asleep', { pid: 4000, state: 'paused' })
    .process(4000, { state: 'D' })
    .stuckThread(4000, 4000, { stack: ['__refrigerator', 'get_signal'] });
}
