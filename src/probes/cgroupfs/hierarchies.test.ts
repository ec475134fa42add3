import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCgroup } from '../procfs/cgroup.ts';
import { parseMountInfo } from '../procfs/mountinfo.ts';
import { cgroupsOf, findHierarchies } from './hierarchies.ts';

const HYBRID = findHierarchies(
  parseMountInfo(`31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
`),
);
const LINES = parseCgroup('1:cpu,cpuacct:/kubepods/pod1\n0::/kube.slice\n');

test('a controller of v1 is looked up in its own hierarchy, and every cgroup above counts', () => {
  assert.deepEqual(
    cgroupsOf(HYBRID, LINES, 'cpu').map((c) => [c.version, c.path, c.directory]),
    [
      ['v1', '/kubepods/pod1', '/sys/fs/cgroup/cpu,cpuacct/kubepods/pod1'],
      ['v1', '/kubepods', '/sys/fs/cgroup/cpu,cpuacct/kubepods'],
      ['v1', '/', '/sys/fs/cgroup/cpu,cpuacct'],
    ],
  );
});

test('a controller that no v1 hierarchy has is that of v2', () => {
  assert.deepEqual(
    cgroupsOf(HYBRID, LINES, 'memory').map((c) => c.directory),
    ['/sys/fs/cgroup/unified/kube.slice', '/sys/fs/cgroup/unified'],
  );
});

test('seen from inside a container, only what is mounted there can be read', () => {
  const inside = findHierarchies(parseMountInfo('31 30 0:28 /docker/x /cg rw - cgroup cgroup rw,cpu\n'));
  assert.deepEqual(
    cgroupsOf(inside, parseCgroup('1:cpu:/docker/x/y\n'), 'cpu').map((c) => c.directory),
    ['/cg/y', '/cg'],
  );
  assert.deepEqual(
    cgroupsOf(HYBRID, parseCgroup('1:cpu:/../other\n'), 'cpu').map((c) => c.path),
    ['/'],
  );
});

test('no path leads out of the hierarchy', () => {
  fc.assert(
    fc.property(fc.string(), (path) =>
      cgroupsOf(HYBRID, [{ hierarchy: 1, controllers: ['cpu'], path: `/${path}` }], 'cpu').every((c) =>
        c.directory.startsWith('/sys/fs/cgroup/cpu,cpuacct'),
      ),
    ),
  );
});
