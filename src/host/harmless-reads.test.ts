import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harmlessReads } from './harmless-reads.ts';

const isHarmless = harmlessReads('/proc', '/sys');
const read = (path: string): boolean => isHarmless({ op: 'read', path, maxBytes: 4096 });

test('counters of the kernel, of processes and of cgroups cannot hang', () => {
  const paths = [
    '/proc/loadavg',
    '/proc/sys/kernel/pid_max',
    '/proc/sys/kernel/threads-max',
    '/proc/sys/fs/file-nr',
    '/proc/pressure/io',
    '/proc/7/stat',
    '/proc/7/task/8/stat',
    '/proc/7/cgroup',
    '/proc/7/net/unix',
    '/proc/self/mountinfo',
    '/sys/fs/cgroup/pids/kubepods/pod1/pids.current',
    '/sys/fs/cgroup/system.slice/docker.service/cpu.stat',
    '/sys/fs/cgroup/memory.max',
  ];
  assert.deepEqual(
    paths.filter((path) => !read(path)),
    [],
  );
  assert.ok(isHarmless({ op: 'list', path: '/proc' }));
  assert.ok(isHarmless({ op: 'list', path: '/proc/7/task' }));
  assert.ok(isHarmless({ op: 'list', path: '/proc/7/fd' }));
  assert.ok(isHarmless({ op: 'readlink', path: '/proc/7/exe' }));
  assert.ok(isHarmless({ op: 'readlink', path: '/proc/7/fd/3' }));
});

test('what needs a memory map, an exec lock, a filesystem, an automounter or another mount table can', () => {
  const paths = [
    '/proc/7/cmdline',
    '/proc/7/environ',
    '/proc/7/maps',
    '/proc/7/stack',
    '/proc/7/syscall',
    '/proc/7/mountinfo',
    '/proc/7/root/etc/passwd',
    '/proc/sys/fs/binfmt_misc/status',
    '/proc/7/stat/../cmdline',
    '/sys/fs/cgroup/../../mnt/cpu.stat',
    '/sys/fs/fuse/connections/42/waiting',
    '/sys/block/sda/size',
    '/etc/os-release',
    '/proc',
    '',
  ];
  assert.deepEqual(paths.filter(read), []);
  assert.ok(!isHarmless({ op: 'statfs', path: '/proc' }));
  assert.ok(!isHarmless({ op: 'list', path: '/proc/7/cwd' }));
  assert.ok(!isHarmless({ op: 'list', path: '/' }));
  assert.ok(!isHarmless({ op: 'bytes', path: '/proc/7/stat', offset: '0', length: 1 }));
  assert.ok(!isHarmless({ op: 'run', argv: ['dmesg'], timeoutMs: 1, maxBytes: 1 }));
});

test('procfs and sysfs may be seen elsewhere', () => {
  const elsewhere = harmlessReads('/host-proc', '/host/sys');
  assert.ok(elsewhere({ op: 'read', path: '/host-proc/loadavg', maxBytes: 64 }));
  assert.ok(!elsewhere({ op: 'read', path: '/proc/loadavg', maxBytes: 64 }));
});
