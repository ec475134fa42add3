import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performWith, recordedDeps, type StandIns } from '../../../test/support/actor-deps.ts';
import { statLine } from '../../../test/support/frozen-writer.ts';
import type { RecordedFile } from '../../../test/support/recorded-host.ts';

const MOUNTS = `26 1 254:0 / / rw,relatime - ext4 /dev/vda rw
90 26 7:3 / /srv/data rw,relatime - ext4 /dev/loop3 rw
91 26 0:57 / /mnt/fuse rw - fuse.s3fs s3fs rw
92 26 0:58 / /mnt/nfs rw - nfs4 10.0.0.5:/export rw,hard
`;
const THAW = 'fsfreeze --unfreeze /srv/data';
const NO_SUCH = { code: null, error: 'ENOENT' } as const;

function machineOf(files: Record<string, RecordedFile> = {}): { files: Record<string, RecordedFile> } {
  return { files: { '/proc/self/mountinfo': MOUNTS, ...files } };
}

async function thaw(standIns: StandIns, files: Record<string, RecordedFile> = {}, mountpoint = '/srv/data') {
  const { deps, asked } = recordedDeps(machineOf(files), standIns);
  return { asked, outcome: await performWith(deps, { kind: 'thaw-filesystem', mountpoint }) };
}

test('a thaw counts the threads that went on', async () => {
  const files: Record<string, RecordedFile> = {
    '/proc/5/stat': statLine(5, 'writer', 'D', 1),
    '/proc/5/task/5/stat': statLine(5, 'writer', 'D', 1),
    '/proc/6/stat': statLine(6, 'other', 'D', 1),
    '/proc/6/task/6/stat': statLine(6, 'other', 'D', 1),
  };
  const machine = machineOf(files);
  const onAct = (): void => {
    machine.files['/proc/5/task/5/stat'] = statLine(5, 'writer', 'S', 1);
  };
  const { deps } = recordedDeps(machine, { onAct });
  const outcome = await performWith(deps, { kind: 'thaw-filesystem', mountpoint: '/srv/data' });
  assert.equal(outcome.status, 'done');
  assert.match(outcome.text.en, /is thawed; of 2 threads in D on this host 1 went on/);
});

test('a filesystem that is not frozen is left as it is', async () => {
  const { outcome } = await thaw({
    runs: { [THAW]: { code: 1, stderr: 'fsfreeze: /srv/data: unfreeze failed: Invalid argument' } },
  });
  assert.deepEqual([outcome.status, outcome.precondition], ['refused', 'still-frozen']);
});

test('nothing is run where nothing is mounted', async () => {
  const { outcome, asked } = await thaw({}, {}, '/srv');
  assert.deepEqual([outcome.status, outcome.precondition, asked], ['refused', 'is-mounted', []]);
});

test('xfs_freeze does the same where fsfreeze is not installed', async () => {
  const { outcome, asked } = await thaw({ runs: { [THAW]: NO_SUCH } });
  assert.equal(outcome.status, 'done');
  assert.deepEqual(asked, [THAW, 'xfs_freeze -u /srv/data']);
  const neither = await thaw({ runs: { [THAW]: NO_SUCH, 'xfs_freeze -u /srv/data': NO_SUCH } });
  assert.match(neither.outcome.text.en, /fsfreeze, xfs_freeze is not installed/);
});

test('a thaw without the right says which', async () => {
  const { outcome } = await thaw({
    runs: { [THAW]: { code: 1, stderr: 'fsfreeze: /srv/data: unfreeze failed: Operation not permitted' } },
  });
  assert.equal(outcome.status, 'failed');
  assert.match(outcome.text.en, /it needs CAP_SYS_ADMIN: run notready as root/);
});

test('a thaw that hangs itself is said with where', async () => {
  const left = { state: 'D', wchan: 'request_wait_answer' };
  const { outcome } = await thaw({ runs: { [THAW]: { code: null, timedOut: true, pid: 4711, left } } });
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /left behind as PID 4711 \(state D, in request_wait_answer\)/);
});

const DM = {
  '/sys/block/dm-0/dm/name': 'vg-docker\n',
  '/sys/block/dm-0/dm/suspended': '1\n',
  '/sys/block/sda/size': '1\n',
};

test('a suspended device is resumed', async () => {
  const machine = machineOf(DM);
  const onAct = (): void => {
    machine.files['/sys/block/dm-0/dm/suspended'] = '0\n';
  };
  const { deps, asked } = recordedDeps(machine, { onAct });
  const outcome = await performWith(deps, { kind: 'resume-device', name: 'vg-docker' });
  assert.deepEqual([outcome.status, asked], ['done', ['dmsetup resume vg-docker']]);
  const again = await performWith(deps, { kind: 'resume-device', name: 'vg-docker' });
  assert.deepEqual([again.status, again.precondition], ['refused', 'is-suspended']);
});

test('dmsetup that did nothing is not believed', async () => {
  const { deps } = recordedDeps(machineOf(DM));
  assert.equal((await performWith(deps, { kind: 'resume-device', name: 'vg-docker' })).status, 'failed');
});

const WAITING = '/sys/fs/fuse/connections/57/waiting';

test('a FUSE connection is aborted only while requests wait on it', async () => {
  const abort = { kind: 'abort-fuse-connection', connection: 57 } as const;
  const machine = machineOf({ [WAITING]: '3\n' });
  const onAct = (): void => {
    machine.files[WAITING] = '0\n';
  };
  const { deps, asked } = recordedDeps(machine, { onAct });
  const outcome = await performWith(deps, abort);
  assert.deepEqual([outcome.status, asked], ['done', ['1 > /sys/fs/fuse/connections/57/abort']]);
  assert.match(outcome.text.en, /3 waiting requests failed/);
  assert.equal((await performWith(deps, abort)).precondition, 'requests-wait');
  assert.equal((await performWith(deps, { ...abort, connection: 58 })).precondition, 'is-mounted');
});

test('an abort without the right says so', async () => {
  const writes = { '/sys/fs/fuse/connections/57/abort': 'EACCES' };
  const { deps } = recordedDeps(machineOf({ [WAITING]: '1\n' }), { writes });
  const outcome = await performWith(deps, { kind: 'abort-fuse-connection', connection: 57 });
  assert.match(outcome.text.en, /run notready as root/);
});

const UNMOUNT = { kind: 'lazy-unmount', mountpoint: '/mnt/nfs' } as const;

test('a mount is taken out of the tree by its path, no helper and no symbolic link followed', async () => {
  const machine = machineOf();
  const onAct = (): void => {
    machine.files['/proc/self/mountinfo'] = MOUNTS.replace(/^92 .*\n/m, '');
  };
  const { deps, asked } = recordedDeps(machine, { onAct });
  const outcome = await performWith(deps, { ...UNMOUNT, mountId: 92 });
  assert.equal(outcome.status, 'done');
  assert.deepEqual(asked, ['umount --lazy --no-canonicalize --internal-only -- /mnt/nfs']);
});

test('another mount that came in its place is left alone', async () => {
  const { deps, asked } = recordedDeps(machineOf());
  const outcome = await performWith(deps, { ...UNMOUNT, mountId: 55 });
  assert.deepEqual([outcome.precondition, asked], ['is-mounted', []]);
  assert.match(outcome.text.en, /another filesystem has been mounted/);
});

test('what the system itself needs is never unmounted', async () => {
  for (const mountpoint of ['/', '/var', '/var/lib', '/usr', '/proc', '/mnt/../', 'mnt']) {
    const { deps, asked } = recordedDeps(machineOf());
    const outcome = await performWith(deps, { kind: 'lazy-unmount', mountpoint });
    assert.deepEqual([outcome.precondition, asked], ['not-of-the-system', []], mountpoint);
  }
});

test('in a mount namespace of its own notready would only unmount its own view', async () => {
  const links = { '/proc/self/ns/mnt': 'mnt:[2]', '/proc/1/ns/mnt': 'mnt:[1]' };
  const { deps, asked } = recordedDeps({ ...machineOf(), links });
  const outcome = await performWith(deps, UNMOUNT);
  assert.deepEqual([outcome.precondition, asked], ['host-mount-namespace', []]);
});
