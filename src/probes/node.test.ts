import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording } from '../../test/support/probe-recording.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { nodeProbe } from './node.ts';

const V1 = '31 30 0:28 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n';
const V2 = '40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n';
const machine = (mounts: string): Record<string, RecordedFile> => ({
  '/proc/sys/kernel/hostname': 'worker-3\n',
  '/proc/sys/kernel/osrelease': '6.18.44\n',
  '/proc/sys/kernel/arch': 'x86_64\n',
  '/proc/stat': 'cpu  1 0 0 1 0 0 0 0 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0 0 0\nbtime 1795501304\n',
  '/proc/1/comm': 'systemd\n',
  '/proc/1/mountinfo': mounts,
  '/proc/self/status': 'Name:\tnode\nUid:\t1000\t0\t0\t0\n',
  '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
});

test('tells what the host is and names the node', async () => {
  const view = await probeRecording(nodeProbe, { files: machine(V1 + V2) });
  assert.deepEqual(view.fact(entityId.node(), 'host'), {
    type: 'host',
    hostname: 'worker-3',
    kernel: '6.18.44',
    os: 'Debian GNU/Linux 12 (bookworm)',
    arch: 'x86_64',
    cpus: 2,
    bootedAt: 1_795_501_304_000,
    cgroups: 'hybrid',
    init: 'systemd',
    uid: 0,
  });
  assert.equal(view.entity(entityId.node())?.name, 'worker-3');
});

for (const [mounts, version] of [
  [V1, 'v1'],
  [V2, 'v2'],
  ['', 'none'],
] as const) {
  test(`cgroups ${version}`, async () => {
    const view = await probeRecording(nodeProbe, { files: machine(mounts) });
    assert.equal(view.fact(entityId.node(), 'host')?.cgroups, version);
  });
}

test('a host that tells next to nothing is still a node', async () => {
  const view = await probeRecording(nodeProbe, { files: {} });
  assert.equal(view.fact(entityId.node(), 'host')?.bootedAt, null);
  assert.equal(view.caseFile.sources[0]?.status, 'partial');
});
