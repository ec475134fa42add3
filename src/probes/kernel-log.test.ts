import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording } from '../../test/support/probe-recording.ts';
import { kernelLogProbe } from './kernel-log.ts';

const NOW = Date.UTC(2026, 10, 24, 6, 56, 0);
const DISKSTATS = '   7       2 loop2 10 0 80 5 20 0 160 6 0 9 11\n';
const files = { '/proc/uptime': '2078.90 3600.64\n', '/proc/diskstats': DISKSTATS };
const kernelLog = (stdout: string) => ({ 'dmesg -r -k': { code: 0, stdout } });

test('dates each signal by the clock of the kernel and names its device', async () => {
  const view = await probeRecording(kernelLogProbe, {
    now: NOW,
    files,
    programs: kernelLog(
      '<3>[ 2028.100000] EXT4-fs error (device loop2): trigger_test_error:129: comm bash: boom\n<6>[ 2030.000000] all is well\n',
    ),
  });
  const [signal] = view.all('kernel-signal');
  assert.equal(view.all('kernel-signal').length, 1);
  assert.equal(signal?.at, NOW - 50_800);
  assert.deepEqual(signal?.about, ['device:7:2', 'node:this']);
  assert.equal(signal?.fact.device, 'loop2');
  assert.equal(view.examined('kernel-log'), true);
});

test('lines of more than a day ago are history', async () => {
  const view = await probeRecording(kernelLogProbe, {
    now: NOW,
    files: { '/proc/uptime': '100000.00 1.0\n' },
    programs: kernelLog('<3>[ 10.0] kernel BUG at a.c:1!\n<3>[ 99990.0] kernel BUG at b.c:2!\n'),
  });
  assert.deepEqual(
    view.all('kernel-signal').map((o) => o.fact.line),
    ['kernel BUG at b.c:2!'],
  );
});

test('of a signal that repeats, the latest fifty are kept', async () => {
  const lines = Array.from(
    { length: 80 },
    (_, i) => `<0>[ ${1000 + i}.0] unregister_netdevice: waiting for lo to become free. Usage count = ${i}`,
  );
  const view = await probeRecording(kernelLogProbe, { now: NOW, files, programs: kernelLog(`${lines.join('\n')}\n`) });
  const kept = view.all('kernel-signal');
  assert.equal(kept.length, 50);
  assert.match(kept.at(-1)?.fact.line ?? '', /= 79$/);
  assert.match(kept[0]?.fact.line ?? '', /= 30$/);
});

test('an NFS server that answered again says since when', async () => {
  const view = await probeRecording(kernelLogProbe, {
    now: NOW,
    files,
    programs: kernelLog(
      '<5>[ 100.0] nfs: server nas not responding, still trying\n<5>[ 160.0] nfs: server nas OK\n<5>[ 2000.0] nfs: server nas not responding, still trying\n',
    ),
  });
  const [first, second] = view.all('kernel-signal');
  assert.equal(first?.fact.endedAt, (first?.at ?? 0) + 60_000);
  assert.equal(second?.fact.endedAt, undefined);
});

test('an error of a filesystem that was unmounted since is over', async () => {
  const view = await probeRecording(kernelLogProbe, {
    now: NOW,
    files,
    programs: kernelLog(
      '<3>[ 100.0] EXT4-fs (loop2): Remounting filesystem read-only\n<6>[ 160.0] EXT4-fs (loop2): unmounting filesystem 278f.\n<3>[ 170.0] EXT4-fs error (device loop3): x\n',
    ),
  });
  assert.deepEqual(
    view.all('kernel-signal').map((o) => o.fact.endedAt !== undefined),
    [true, false],
  );
});

test('busybox knows no -k and is asked without it', async () => {
  const view = await probeRecording(kernelLogProbe, {
    now: NOW,
    files,
    programs: {
      'dmesg -r -k': { code: 1, stderr: "dmesg: invalid option -- 'k'\nBusyBox v1.35.0" },
      'dmesg -r': { code: 0, stdout: '<0>[ 10.0] kernel BUG at a.c:1!\n<11>[ 11.0] kernel BUG at made-up.c:2!\n' },
    },
  });
  assert.equal(view.all('kernel-signal').length, 1);
});

test('a closed kernel log leaves the question open', async () => {
  const view = await probeRecording(kernelLogProbe, {
    files,
    programs: {
      'dmesg -r -k': {
        code: 1,
        stderr: 'dmesg: --raw can be used together with --level or --facility only when ...\n',
      },
      'dmesg -r': { code: 1, stderr: 'dmesg: read kernel buffer failed: Operation not permitted\n' },
    },
  });
  assert.equal(view.gaps('kernel-log')[0]?.fact.why, 'no-permission');
  assert.equal(view.examined('kernel-log'), false);
});

test('so does a host without dmesg, and a dmesg that does not end', async () => {
  const without = await probeRecording(kernelLogProbe, { files });
  assert.equal(without.gaps('kernel-log')[0]?.fact.why, 'failed');
  const hanging = await probeRecording(kernelLogProbe, { files, programs: { 'dmesg -r -k': { timedOut: true } } });
  assert.equal(hanging.gaps('kernel-log')[0]?.fact.why, 'stuck');
});
