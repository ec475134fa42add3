import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording } from '../../test/support/probe-recording.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { disksProbe } from './disks.ts';

const SDA = entityId.device('8:0');
const DM = entityId.device('253:0');

/** A disk with a partition, a mapped volume on the partition and a loop device without a file. */
const machine = (): Record<string, RecordedFile> => ({
  '/sys/block/sda/dev': '8:0\n',
  '/sys/block/sda/size': '536870912\n',
  '/sys/block/sda/ro': '0\n',
  '/sys/block/sda/device/state': 'offline\n',
  '/sys/block/sda/sda2/dev': '8:2\n',
  '/sys/block/dm-0/dev': '253:0\n',
  '/sys/block/dm-0/size': '500000000\n',
  '/sys/block/dm-0/ro': '0\n',
  '/sys/block/dm-0/dm/name': 'vg-docker\n',
  '/sys/block/dm-0/dm/suspended': '1\n',
  '/sys/block/dm-0/slaves/sda2': '',
  '/sys/block/loop0/dev': '7:0\n',
  '/sys/block/loop0/size': '0\n',
  '/proc/diskstats':
    ' 8 0 sda 100 0 800 50 200 0 1600 90 2 60 140\n 8 2 sda2 1 0 8 1 2 0 16 1 0 1 2\n 253 0 dm-0 10 0 80 5 20 0 160 9 0 6 14\n',
});

test('tells the state of each device in use', async () => {
  const view = await probeRecording(disksProbe, { files: machine() });
  assert.deepEqual(
    view.all('block-device').map((o) => [o.fact.name, o.fact.state, o.fact.suspended]),
    [
      ['sda', 'offline', null],
      ['dm-0', null, true],
    ],
  );
  assert.equal(view.entity(DM)?.name, 'vg-docker');
  assert.equal(view.gaps('disks').length, 0);
});

test('names the partitions, which mounts speak of', async () => {
  const view = await probeRecording(disksProbe, { files: machine() });
  assert.equal(view.entity(entityId.device('8:2'))?.name, 'sda2');
});

test('activity is that of the window', async () => {
  const view = await probeRecording(disksProbe, {
    files: machine(),
    onSleep: ({ files }) => {
      Object.assign(files ?? {}, {
        '/proc/diskstats': ' 8 0 sda 110 0 880 70 220 0 1760 170 3 960 300\n 253 0 dm-0 10 0 80 5 20 0 160 9 0 6 14\n',
      });
    },
  });
  assert.deepEqual(view.fact(SDA, 'disk-activity'), {
    type: 'disk-activity',
    name: 'sda',
    majorMinor: '8:0',
    windowMs: 1000,
    completed: 30,
    readBytes: 80 * 512,
    writtenBytes: 160 * 512,
    utilisation: 0.9,
    awaitMs: 100 / 30,
    inFlight: 3,
  });
  assert.equal(view.fact(DM, 'disk-activity')?.awaitMs, null);
});

test('a disk that completes nothing with requests in flight is busy all the time, though its busy time stands still', async () => {
  const view = await probeRecording(disksProbe, { files: machine() });
  assert.equal(view.fact(SDA, 'disk-activity')?.utilisation, 1);
  assert.equal(view.fact(DM, 'disk-activity')?.utilisation, 0);
});

test('NVMe says live where SCSI says running', async () => {
  const files = { ...machine(), '/sys/block/sda/device/state': 'live\n' };
  const view = await probeRecording(disksProbe, { files });
  assert.equal(view.fact(SDA, 'block-device')?.state, 'running');
});

test('what cannot be read leaves the question open', async () => {
  const view = await probeRecording(disksProbe, {
    files: { '/sys/block': { error: 'EACCES' }, '/proc/diskstats': { error: 'EACCES' } },
  });
  assert.deepEqual(
    view.gaps('disks').map((g) => g.fact.why),
    ['no-permission', 'no-permission'],
  );
  assert.equal(view.examined('disks'), false);
});
