import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResourceCase } from '../../test/support/resource-case.ts';
import { ioSaturation } from './io-saturation.ts';

const assess = (node: ResourceCase) => ioSaturation.assess(node.view());
const MIB = 1024 * 1024;

/** A thread of dockerd caught in D. */
function inD(node: ResourceCase, wchan: string, stuck: boolean): ResourceCase {
  return node.stuckThread(700, 711, { comm: 'dockerd', wchan, stuck });
}

describe('io-saturation', () => {
  it('is confirmed when the disk of the runtime answers slowly and so does the runtime', () => {
    const node = new ResourceCase().diskBusy({ awaitMs: 900, inFlight: 60 }).calls(6000, 'list');
    const found = assess(node);
    assert.equal(found.status, 'confirmed');
    assert.deepEqual(found.subjects.slice(0, 3), [node.sdb, node.dataMount, node.dockerd]);
    assert.match(found.summary?.en ?? '', /Disk sdb under .*dockerd.* 900ms per request/);
  });

  it('is confirmed by a ceiling on the cgroup of the runtime that its traffic has reached', () => {
    const node = new ResourceCase();
    node
      .diskBusy({ awaitMs: 2, writtenBytes: 0.95 * MIB, completed: 20 })
      .writeCeiling(MIB)
      .calls(10_000, 'list');
    const view = node.view();
    const found = ioSaturation.assess(view);
    assert.equal(found.status, 'confirmed');
    const lift = ioSaturation.remedies(view, found)[0];
    assert.equal(lift?.action, 'lift-io-ceiling');
    assert.equal(
      lift?.command,
      "echo '8:16 rbps=max wbps=max riops=max wiops=max' > /sys/fs/cgroup/system.slice/docker.service/io.max",
    );
  });

  it('does not blame a copy at full speed: a disk at 100 % with high I/O pressure, and a runtime that answers', () => {
    const found = assess(
      new ResourceCase()
        .diskBusy({ utilisation: 1, awaitMs: 350, inFlight: 64 })
        .pressure('io', { avg10: 97, avg60: 95, avg300: 90 })
        .calls(25),
    );
    assert.equal(found.status, 'ruled-out');
    assert.match(found.against[0]?.text.en ?? '', /answers quickly/);
  });

  it('does not blame a busy disk that answers in time for slow calls', () => {
    const found = assess(new ResourceCase().diskBusy({ utilisation: 1, awaitMs: 4 }).calls(3000, 'list'));
    assert.equal(found.status, 'ruled-out');
    assert.match(found.against[0]?.text.en ?? '', /100 % busy and still answers in 4ms/);
  });

  it('does not blame a slow disk that no daemon lives on', () => {
    const node = new ResourceCase().disk('sdz', '65:0', { completed: 5, utilisation: 1, awaitMs: 4000, inFlight: 40 });
    assert.equal(
      assess(node.diskBusy({ completed: 0, awaitMs: null, inFlight: 0 }).calls(4000, 'list')).status,
      'ruled-out',
    );
  });

  it('counts threads of the runtime that wait for a disk and move on', () => {
    const found = assess(inD(new ResourceCase(), 'jbd2_log_wait_commit', false).calls(4000, 'list'));
    assert.equal(found.status, 'confirmed');
    assert.match(
      found.evidence[0]?.text.en ?? '',
      /1 thread of dockerd caught waiting for the disk, in jbd2_log_wait_commit/,
    );
  });

  it('leaves threads that never move on a disk that completes nothing to storage-unresponsive', () => {
    const node = inD(new ResourceCase(), 'io_schedule', true).diskBusy({
      completed: 0,
      awaitMs: null,
      inFlight: 8,
    });
    assert.notEqual(assess(node.calls(10_000, 'list')).status, 'confirmed');
  });

  it('holds high pressure alone for no more than possible', () => {
    assert.equal(assess(new ResourceCase().pressure('io', { avg60: 80 }).calls(3000, 'list')).status, 'possible');
  });

  it('does not hold traffic of others against a ceiling', () => {
    const node = new ResourceCase();
    node.diskBusy({ awaitMs: 3, writtenBytes: 200 * MIB }).writeCeiling(MIB);
    assert.notEqual(assess(node.calls(4000, 'list')).status, 'confirmed');
  });

  it('says that it was not examined where nothing was sampled', () => {
    const found = assess(new ResourceCase().gap('disks', 'failed'));
    assert.equal(found.status, 'not-examined');
    assert.ok(found.missing.some((m) => m.topic === 'disks'));
  });
});
