import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { entityId } from '../evidence/entity.ts';
import { diskFull } from './disk-full.ts';

const assess = (node: ResourceCase) => diskFull.assess(node.view());
const GIB = 1024 ** 3;

describe('disk-full', () => {
  it('is confirmed when nothing is left where the runtime keeps its data', () => {
    const node = new ResourceCase().room({ availableBytes: 0 });
    const found = assess(node);
    assert.equal(found.status, 'confirmed');
    assert.deepEqual(found.subjects, [node.dataMount, node.sdb, node.dockerd]);
    assert.match(found.summary?.en ?? '', /\/var\/lib\/docker \(docker-root\) is full: 0 B of 100 GiB left/);
  });

  it('is confirmed when the inodes are gone although there is room', () => {
    const found = assess(new ResourceCase().room({ inodesFree: 3 }));
    assert.equal(found.status, 'confirmed');
    assert.match(found.summary?.en ?? '', /no inodes left: 3 of 6500000/);
  });

  it('is possible, no more, below the default eviction threshold, and says what that means', () => {
    const found = assess(new ResourceCase().room({ availableBytes: 12 * GIB }));
    assert.equal(found.status, 'possible');
    assert.match(found.summary?.en ?? '', /does not make the node NotReady/);
  });

  it('holds images to 15 % and the kubelet’s directory to 10 %', () => {
    const kubelet = entityId.mount('host', '8:1', '/var/lib/kubelet');
    const twelve = { availableBytes: 12 * GIB, roles: ['kubelet-root'] };
    assert.equal(assess(new ResourceCase().room(twelve, kubelet)).status, 'ruled-out');
    assert.equal(assess(new ResourceCase().room({ ...twelve, availableBytes: 9 * GIB }, kubelet)).status, 'possible');
  });

  it('is likely when the kubelet is evicting', () => {
    const node = new ResourceCase().room({ availableBytes: 12 * GIB }).logged('disk-pressure', 1000);
    assert.equal(assess(node).status, 'likely');
  });

  it('is likely where only the system’s own filesystem is full, and confirmed when calls fail with it', () => {
    const root = entityId.mount('host', '8:1', '/');
    const full = () => new ResourceCase().room({}).room({ availableBytes: 0, roles: ['root'] }, root);
    assert.equal(assess(full()).status, 'likely');
    const failing = full();
    failing.failed('write /run/x: no space left on device');
    assert.equal(assess(failing).status, 'confirmed');
  });

  it('does not take an image mounted read-only, full by nature, for a full disk', () => {
    const root = entityId.mount('host', '7:3', '/');
    const node = new ResourceCase()
      .room({})
      .room({ availableBytes: 0, inodesFree: 0, roles: ['root'] }, root)
      .mount(root, { fsType: 'squashfs', readOnly: true });
    assert.equal(assess(node).status, 'ruled-out');
  });

  it('does not count inodes where the filesystem has none to count', () => {
    assert.equal(assess(new ResourceCase().room({ inodes: 0, inodesFree: 0 })).status, 'ruled-out');
  });

  it('does not take exhausted inotify watches for a full disk', () => {
    const node = new ResourceCase();
    node.failed('inotify_add_watch /x: no space left on device');
    assert.equal(assess(node).status, 'not-examined');
  });

  it('says nothing about a filesystem that does not answer', () => {
    const found = assess(
      new ResourceCase().room({
        outcome: 'stuck',
        totalBytes: null,
        availableBytes: null,
        inodes: null,
        inodesFree: null,
      }),
    );
    assert.equal(found.status, 'not-examined');
  });

  it('names the runtime that is gone and kept its data there, so that it explains why', () => {
    const absent = entityId.component('dockerd', null);
    const node = new ResourceCase().room({ availableBytes: 0 });
    node.absent('dockerd');
    assert.ok(assess(node).subjects.includes(absent));
  });

  it('looks for what fills the very mount, and offers to prune the runtime that lives there', () => {
    const mount = entityId.mount('host', '8:32', '/mnt/a b');
    const view = new ResourceCase()
      .entity(mount, '/mnt/a b')
      .room({ availableBytes: 0, roles: ['containerd-root'] }, mount)
      .view();
    const commands = diskFull.remedies(view, diskFull.assess(view)).map((r) => r.command);
    assert.equal(commands[0], "du -x -d 3 -BM '/mnt/a b'");
    assert.ok(commands.includes('crictl rmi --prune'));
  });
});
