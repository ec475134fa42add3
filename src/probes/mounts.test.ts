import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording, statLine } from '../../test/support/probe-recording.ts';
import type { RecordedMachine } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { mountsProbe } from './mounts.ts';

const FULL = { blockSize: 1024, blocks: 23_141, blocksAvailable: 0, files: 72, filesFree: 60 };
const HALF = { blockSize: 4096, blocks: 1000, blocksAvailable: 500, files: 100, filesFree: 90 };

// Taken from a machine where an ext4 met an error, another was full and the server of a FUSE filesystem had died.
const MOUNTINFO = `21 26 0:20 / /proc rw,relatime - proc proc rw
26 1 254:0 / / rw,relatime - ext4 /dev/vda rw
61 26 7:0 / /var/lib/docker rw,relatime - ext4 /dev/loop0 rw
63 26 7:2 / /srv/err rw,relatime - ext4 /dev/loop2 rw,errors=remount-ro,emergency_ro
64 26 0:56 / /mnt/fuse rw,nosuid,nodev,relatime - fuse /src rw,user_id=0,group_id=0,default_permissions,allow_other
65 26 0:57 / /mnt/nfs rw,relatime - nfs4 nas:/export rw,vers=4.2,hard
66 26 0:58 / /var/lib/kubelet/pods/0/volumes/kubernetes.io~projected/t rw,relatime - tmpfs tmpfs rw
`;
const MOUNT = {
  docker: entityId.mount('host', '7:0', '/var/lib/docker'),
  root: entityId.mount('host', '254:0', '/'),
  fuse: entityId.mount('host', '0:56', '/mnt/fuse'),
  nfs: entityId.mount('host', '0:57', '/mnt/nfs'),
  error: entityId.mount('host', '7:2', '/srv/err'),
};

const machine = (): RecordedMachine => ({
  files: {
    '/proc/1/mountinfo': MOUNTINFO,
    '/proc/700/stat': statLine(700, 'dockerd'),
    '/proc/700/cmdline': '/usr/bin/dockerd\0-H\0fd://\0',
    '/proc/801/stat': statLine(801, 'bindfs', 1, 'T'),
    '/proc/801/fdinfo/3': 'pos:\t0\nflags:\t02100002\nfuse_connection:\t56\n',
    '/sys/fs/fuse/connections/56/waiting': '7\n',
  },
  links: { '/proc/801/fd/3': '/dev/fuse', '/proc/700/exe': '/usr/bin/dockerd' },
  statfs: {
    '/': HALF,
    '/var/lib/docker': FULL,
    '/srv/err': HALF,
    '/mnt/fuse': { error: 'ENOTCONN' },
    '/mnt/nfs': { stuck: true },
  },
});

test('tells the filesystems that matter, and not those of the kernel or of pod volumes in memory', async () => {
  const view = await probeRecording(mountsProbe, machine());
  assert.deepEqual(
    new Set(view.all('mount').map((o) => o.fact.mountPoint)),
    new Set(['/', '/var/lib/docker', '/srv/err', '/mnt/fuse', '/mnt/nfs']),
  );
  assert.deepEqual(view.to(MOUNT.docker, 'on-device'), [entityId.device('7:0')]);
});

test('a mount leads to its device first, then to the disks below', async () => {
  const layered = machine();
  Object.assign(layered.files ?? {}, {
    '/sys/block/loop0/dev': '7:0\n',
    '/sys/block/loop0/size': '8\n',
    '/sys/block/loop0/slaves/sda1': '',
    '/sys/block/sda/dev': '8:0\n',
    '/sys/block/sda/size': '8\n',
    '/sys/block/sda/sda1/dev': '8:1\n',
  });
  const view = await probeRecording(mountsProbe, layered);
  assert.deepEqual(view.to(MOUNT.docker, 'on-device'), ['7:0', '8:1', '8:0'].map(entityId.device));
});

test('a full filesystem that answers, a dead FUSE server and an NFS that hangs', async () => {
  const view = await probeRecording(mountsProbe, machine());
  const docker = view.fact(MOUNT.docker, 'statfs');
  assert.equal(docker?.availableBytes, 0);
  assert.equal(docker?.totalBytes, 23_141 * 1024);
  assert.deepEqual(docker?.roles, ['docker-root']);
  assert.equal(view.fact(MOUNT.fuse, 'statfs')?.error, 'ENOTCONN');
  assert.equal(view.fact(MOUNT.nfs, 'statfs')?.outcome, 'stuck');
  assert.deepEqual(view.fact(MOUNT.root, 'statfs')?.roles, ['root', 'log', 'tmp']);
});

test('an ext4 that gave up writing says so in an option of its own', async () => {
  const view = await probeRecording(mountsProbe, machine());
  assert.equal(view.fact(MOUNT.error, 'mount')?.remountedReadOnly, true);
  assert.equal(view.fact(MOUNT.docker, 'mount')?.remountedReadOnly, false);
});

test('dockerd is stored on the mount of its data', async () => {
  const view = await probeRecording(mountsProbe, machine());
  assert.deepEqual(view.to(entityId.component('dockerd', 700), 'stored-on'), [MOUNT.docker]);
});

test('requests that wait for a stopped FUSE server, and who it is', async () => {
  const view = await probeRecording(mountsProbe, machine());
  assert.deepEqual(view.fact(MOUNT.fuse, 'fuse-connection'), {
    type: 'fuse-connection',
    waiting: 7,
    serverPid: 801,
    serverState: 'T',
  });
});

test('before kernels told the connection, the server is known by the mount point among its arguments', async () => {
  const old = machine();
  Object.assign(old.files ?? {}, {
    '/proc/801/fdinfo/3': 'pos:\t0\n',
    '/proc/801/cmdline': 'bindfs\0/src\0/mnt/fuse\0',
  });
  const view = await probeRecording(mountsProbe, old);
  assert.equal(view.fact(MOUNT.fuse, 'fuse-connection')?.serverPid, 801);
});

test('without the control filesystem the requests that wait are not known', async () => {
  const { files, ...rest } = machine();
  const { '/sys/fs/fuse/connections/56/waiting': _, ...others } = files ?? {};
  const view = await probeRecording(mountsProbe, { ...rest, files: others });
  assert.equal(view.all('fuse-connection').length, 0);
  assert.deepEqual(
    view.gaps('filesystems').map((g) => [g.fact.why, g.fact.partial]),
    [['failed', true]],
  );
});

test('a filesystem closed to us is a gap and no fault', async () => {
  const closed = machine();
  Object.assign(closed.statfs ?? {}, { '/mnt/fuse': { error: 'EACCES' } });
  const view = await probeRecording(mountsProbe, closed);
  assert.equal(view.fact(MOUNT.fuse, 'statfs'), null);
  assert.equal(view.gaps('filesystems')[0]?.fact.why, 'no-permission');
});

test('a filesystem that a hundred containers have mounted is asked once', async () => {
  const many = machine();
  const binds = Array.from(
    { length: 100 },
    (_, i) => `${100 + i} 26 7:0 /v /var/lib/kubelet/pods/${i}/v rw - ext4 /dev/loop0 rw`,
  );
  Object.assign(many.files ?? {}, { '/proc/1/mountinfo': `${MOUNTINFO}${binds.join('\n')}\n` });
  const view = await probeRecording(mountsProbe, many);
  assert.equal(view.about(entityId.device('7:0'), 'statfs').length, 1);
  assert.ok(view.about(entityId.device('7:0'), 'mount').length <= 5);
});

test('a mount table that cannot be read leaves both questions open', async () => {
  const view = await probeRecording(mountsProbe, {
    files: {
      '/proc/1/mountinfo': { error: 'EACCES' },
      '/proc/self/mountinfo': { stuck: true },
      '/proc/700/stat': statLine(700, 'x'),
    },
  });
  assert.equal(view.examined('mounts'), false);
  assert.equal(view.examined('filesystems'), false);
  assert.equal(view.gaps('mounts')[0]?.fact.why, 'stuck');
});
