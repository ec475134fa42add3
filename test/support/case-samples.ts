import type { CaseFile } from '../../src/evidence/case-file.ts';
import { entityId } from '../../src/evidence/entity.ts';
import { CaseRecorder } from '../../src/evidence/recorder.ts';

/** 24 Nov 2026, 06:31:00 UTC */
export const EXAMINED_AT = Date.UTC(2026, 10, 24, 6, 31, 0);
export const CONTAINER_ID = '8ca961fa0d0b4e2f9d6c0c1b6f7a3b5e2d1c0f9e8d7c6b5a4938271605f4e3d2';

/**
 * The heart of the incident: threads of a container in D on a frozen ext4 of a loop device, their leader a zombie.
 * Written by hand after what /proc showed on kernel 6.18.
 */
export function frozenStorageCase(): CaseFile {
  let now = EXAMINED_AT;
  const recorder = new CaseRecorder(() => now);
  const node = entityId.node();
  const mount = entityId.mount('host', '7:0', '/srv/data');
  const device = entityId.device('7:0');
  const container = entityId.container(CONTAINER_ID);
  const process = entityId.process(23760);
  const thread = entityId.thread(23760, 23771);

  const host = recorder.probe('node');
  host.entity(node, 'node-7');
  const proc = host.source('/proc', 'uname -a');
  proc.observe(
    {
      type: 'host',
      hostname: 'node-7',
      kernel: '6.18.0',
      os: 'Debian GNU/Linux 12 (bookworm)',
      arch: 'x64',
      cpus: 2,
      bootedAt: EXAMINED_AT - 86_400_000,
      cgroups: 'hybrid',
      init: 'init',
      uid: 0,
    },
    [node],
  );
  proc.end({ status: 'ok' });

  const processes = recorder.probe('processes');
  processes.entity(container, 'web-0/writer', { containerId: CONTAINER_ID, pod: 'web-0', namespace: 'default' });
  processes.entity(process, 'writer', { pid: 23760 });
  processes.entity(thread, 'writer', { pid: 23760, tid: 23771 });
  processes.link(thread, 'of-process', process);
  processes.link(process, 'in-container', container);
  processes.link(thread, 'waits-on', mount);
  const stack = processes.source('/proc/23760/task/23771/stack', 'cat /proc/23760/task/23771/{wchan,stack,syscall}');
  stack.observe(
    {
      type: 'thread',
      pid: 23760,
      tid: 23771,
      comm: 'writer',
      state: 'D',
      wchan: 'percpu_rwsem_wait',
      stack: ['percpu_rwsem_wait', '__percpu_down_read', 'mnt_want_write', 'path_openat', 'do_filp_open'],
      syscall: { number: 257, name: 'openat', path: '/data/5' },
      stuck: true,
      sampledMs: 1000,
    },
    [thread, mount],
  );
  stack.observe(
    {
      type: 'process',
      pid: 23760,
      ppid: 23738,
      startTicks: 884_213,
      startedAt: EXAMINED_AT - 600_000,
      comm: 'writer',
      cmdline: '',
      exe: null,
      state: 'Z',
      lasting: true,
      threads: 3,
      uid: 0,
      adopted: false,
    },
    [process],
  );
  stack.end({ status: 'ok' });

  const mounts = recorder.probe('mounts');
  mounts.entity(mount, '/srv/data', { path: '/srv/data', device: '/dev/loop0', fsType: 'ext4' });
  mounts.entity(device, '/dev/loop0', { device: '/dev/loop0', majorMinor: '7:0' });
  mounts.link(mount, 'on-device', device);
  const info = mounts.source('/proc/self/mountinfo', 'grep 7:0 /proc/self/mountinfo');
  info.observe(
    {
      type: 'mount',
      namespace: 'host',
      mountPoint: '/srv/data',
      root: '/',
      fsType: 'ext4',
      source: '/dev/loop0',
      majorMinor: '7:0',
      readOnly: false,
      remountedReadOnly: false,
    },
    [mount, device],
  );
  info.end({ status: 'ok' });
  const kernelLog = recorder.probe('kernel-log').source('/dev/kmsg', 'dmesg');
  kernelLog.observe(
    { type: 'gap', topic: 'kernel-log', why: 'no-permission', partial: false, detail: 'EPERM on /dev/kmsg' },
    [node],
  );
  kernelLog.end({ status: 'failed', error: 'EPERM' });
  now += 2400;
  return recorder.finish('0.1.0');
}
