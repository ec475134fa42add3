import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cgroupIoFacts } from './io.ts';

test('v1 gives each kind of ceiling in a file of its own', () => {
  const files = new Map([
    ['blkio.throttle.write_bps_device', '7:1 1048576\n8:0 30000'],
    ['blkio.throttle.read_iops_device', '7:1 100'],
  ]);
  assert.deepEqual(cgroupIoFacts(files), [
    { type: 'cgroup-io', device: '7:1', readBps: null, writeBps: 1_048_576, readIops: 100, writeIops: null },
    { type: 'cgroup-io', device: '8:0', readBps: null, writeBps: 30_000, readIops: null, writeIops: null },
  ]);
});

test('a device all of whose ceilings are lifted again is not limited', () => {
  assert.deepEqual(cgroupIoFacts(new Map([['io.max', '8:16 rbps=max wbps=max riops=max wiops=max']])), []);
});

test('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) =>
      cgroupIoFacts(
        new Map([
          ['io.max', text],
          ['blkio.throttle.read_bps_device', text],
        ]),
      ).every((f) => /^\d+:\d+$/.test(f.device)),
    ),
  );
});
