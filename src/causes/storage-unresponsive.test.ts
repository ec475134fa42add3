import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, FREEZE_STACK } from '../../test/support/case.ts';
import { adoptedZombie, busyDisk, DATA, healthyDocker } from '../../test/support/incidents.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { storageUnresponsive } from './storage-unresponsive.ts';

const NFS = entityId.mount('host', '0:52', '/mnt/nas');
const FUSE = entityId.mount('host', '0:57', '/mnt/fuse');

function assess(given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = storageUnresponsive.assess(view);
  const remedies = storageUnresponsive.remedies(view, assessment);
  return { ...assessment, works: remedies.filter((r) => r.works), useless: remedies.filter((r) => !r.works) };
}

const onNfs = () =>
  healthyDocker()
    .mount(NFS, { fsType: 'nfs4', source: 'nas:/export' })
    .process(2000)
    .stuckThread(2000, 2001, { stack: ['rpc_wait_bit_killable', '__rpc_execute'] }, NFS);

test('the kernel stack of a stuck writer proves a frozen filesystem', () => {
  assert.partialDeepStrictEqual(assess(adoptedZombie()), { status: 'confirmed', confidence: 0.97 });
});

test('the wait channel on a known mount proves it too, a little less surely', () => {
  const found = assess(
    healthyDocker().mount(DATA).process(2000).stuckThread(2000, 2000, { wchan: 'percpu_rwsem_wait' }, DATA),
  );
  assert.equal(found.status, 'confirmed');
  assert.ok(found.confidence < 0.97);
  assert.ok(found.missing.some((m) => m.topic === 'kernel-stacks'));
});

test('a freeze of a mount that is not shown is likely, and no mount is named', () => {
  const found = assess(healthyDocker().process(2000).stuckThread(2000, 2000, { wchan: 'percpu_rwsem_wait' }));
  assert.equal(found.status, 'likely');
  assert.ok(!found.subjects.some((s) => s.startsWith('mount:')));
  assert.equal(found.works[0]?.command, null);
});

test('a suspended device is resumed, not thawed', () => {
  const found = assess(
    adoptedZombie().fact(
      {
        type: 'block-device',
        name: 'dm-3',
        majorMinor: '7:0',
        readOnly: false,
        backingFile: null,
        suspended: true,
        state: null,
      },
      [entityId.device('7:0')],
    ),
  );
  assert.deepEqual(
    found.works.map((r) => r.command),
    ['dmsetup resume /dev/dm-3', 'reboot'],
  );
});

test('an NFS server that does not answer: likely by the wait, confirmed by the kernel’s complaint', () => {
  assert.equal(assess(onNfs()).status, 'likely');
  const found = assess(
    onNfs().kernel('nfs-not-responding', 60_000, { line: 'nfs: server nas not responding, still trying' }),
  );
  assert.equal(found.status, 'confirmed');
  assert.match(found.summary?.en ?? '', /network filesystem whose server does not answer/);
});

test('a complaint that is over or old does not count', () => {
  assert.equal(assess(onNfs().kernel('nfs-not-responding', 60_000, { endedAt: 1 })).status, 'likely');
  assert.equal(assess(onNfs().kernel('nfs-not-responding', 3_600_000)).status, 'likely');
});

test('a killable wait on NFS is the one that kill -9 ends', () => {
  const found = assess(onNfs());
  assert.ok(found.works.some((r) => r.action === 'kill-process'));
  assert.equal(found.works.find((r) => r.action === 'force-unmount')?.command, 'umount -f -l /mnt/nas');
});

test('a mount that only the container has cannot be unmounted from the host', () => {
  const inside = entityId.mount('container', '0:52', '/mnt/nas');
  const found = assess(
    healthyDocker()
      .mount(inside, { fsType: 'nfs4', source: 'nas:/export' })
      .process(2000)
      .stuckThread(2000, 2001, { stack: ['rpc_wait_bit_killable'] }, inside),
  );
  assert.equal(found.works.find((r) => r.action === 'force-unmount')?.command, null);
});

test('a FUSE mount on a block device has that device’s number', () => {
  const ntfs = entityId.mount('host', '8:17', '/mnt/usb');
  const found = assess(aCase().mount(ntfs, { fsType: 'fuseblk' }).statfs(ntfs, { outcome: 'stuck' }));
  assert.equal(found.works[0]?.command, 'echo 1 > /sys/fs/fuse/connections/8388625/abort');
});

test('the kernel’s complaint of a disk counts for its partitions, not for another disk', () => {
  const onDisk = (device: string) => {
    const mount = entityId.mount('host', '8:1', '/var/lib/docker');
    const plain = { readOnly: false, backingFile: null, suspended: null, state: null };
    return healthyDocker()
      .mount(mount)
      .fact({ type: 'block-device', name: 'sda1', majorMinor: '8:1', ...plain }, [entityId.device('8:1')])
      .process(2000)
      .stuckThread(2000, 2000, { stack: ['io_schedule'] }, mount)
      .kernel('io-error', 60_000, { device });
  };
  assert.equal(assess(onDisk('sda')).status, 'confirmed');
  assert.equal(assess(onDisk('sdaa')).status, 'likely');
});

test('a FUSE mount whose server is stopped: the connection is aborted by its number', () => {
  const found = assess(
    aCase()
      .mount(FUSE, { fsType: 'fuse.sshfs', source: 'sshfs' })
      .statfs(FUSE, { outcome: 'stuck', tookMs: 500 })
      .fact({ type: 'fuse-connection', waiting: 2, serverPid: 88, serverState: 'T' }, [FUSE]),
  );
  assert.equal(found.status, 'confirmed');
  assert.equal(found.works[0]?.command, 'echo 1 > /sys/fs/fuse/connections/57/abort');
});

test('a dead FUSE mount that nobody uses is likely only; one that a container uses is confirmed', () => {
  const dead = () =>
    aCase().mount(FUSE, { fsType: 'fuse', source: 'x' }).statfs(FUSE, { outcome: 'error', error: 'ENOTCONN' });
  assert.equal(assess(dead()).status, 'likely');
  assert.equal(assess(dead().link(entityId.container('c'), 'mounts', FUSE)).status, 'confirmed');
});

test('our own statfs that hangs on a mount is proof enough', () => {
  const found = assess(aCase().mount(NFS, { fsType: 'nfs4' }).statfs(NFS, { outcome: 'stuck' }));
  assert.equal(found.status, 'confirmed');
});

test('a stuck read under a mount points at it, one in procfs does not', () => {
  const read = (path: string) =>
    aCase().mount(NFS, { fsType: 'nfs4' }).fact(
      {
        type: 'stuck-read',
        operation: 'readdir',
        path,
        waitedMs: 500,
        childPid: 5,
        childState: 'D',
        childWchan: null,
      },
      [],
    );
  assert.equal(assess(read('/mnt/nas/x')).status, 'confirmed');
  assert.equal(assess(read('/proc/8/cmdline')).status, 'not-examined');
});

test('a disk that goes on completing requests is slow, not dead', () => {
  assert.equal(assess(busyDisk()).status, 'ruled-out');
});

test('a disk that completes nothing while requests wait is at fault', () => {
  const root = entityId.mount('host', '8:1', '/');
  const found = assess(
    healthyDocker()
      .mount(root)
      .disk('sda1', '8:1', { inFlight: 4, utilisation: 1 })
      .process(2000)
      .stuckThread(2000, 2000, { stack: ['io_schedule', 'folio_wait_bit_common'] }, root),
  );
  assert.equal(found.status, 'likely');
  assert.match(found.summary?.en ?? '', /disk that completes no requests/);
});

test('I/O errors of the last minutes without anybody waiting are possible, no more', () => {
  assert.equal(assess(healthyDocker().kernel('io-error', 60_000)).status, 'possible');
  assert.equal(assess(healthyDocker().kernel('io-error', 3_600_000)).status, 'ruled-out');
});

test('without a look at processes and filesystems it is not examined', () => {
  const found = assess(aCase().gap('processes').gap('filesystems'));
  assert.equal(found.status, 'not-examined');
  assert.deepEqual(
    found.missing.map((m) => m.topic),
    ['processes', 'filesystems'],
  );
});

test('a mount point with shell characters is quoted in the command', () => {
  const odd = entityId.mount('host', '7:3', '/srv/$(reboot)');
  const found = assess(healthyDocker().mount(odd).process(2000).stuckThread(2000, 2000, { stack: FREEZE_STACK }, odd));
  assert.equal(found.works[0]?.command, "fsfreeze -u '/srv/$(reboot)'");
});
