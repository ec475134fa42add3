import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording, statLine } from '../../test/support/probe-recording.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { cgroupsProbe } from './cgroups.ts';

const KUBELET = entityId.component('kubelet', 900);
const SLICE = entityId.cgroup('/nrq');
const OWN = entityId.cgroup('/nrq/kubelet');

// A hybrid host with v1 hierarchies at places of its own, and a kubelet below a slice that limits it.
const V1: Readonly<Record<string, RecordedFile>> = {
  '/proc/1/mountinfo': `30 22 0:27 / /cg rw,relatime - tmpfs tmpfs rw,mode=755
31 30 0:28 / /cg/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct
34 30 0:31 / /cg/memory rw,relatime - cgroup cgroup rw,memory
36 30 0:33 / /cg/freezer rw,relatime - cgroup cgroup rw,freezer
37 30 0:34 / /cg/blkio rw,relatime - cgroup cgroup rw,blkio
40 30 0:37 / /cg/unified rw,relatime - cgroup2 cgroup2 rw
`,
  '/proc/900/stat': statLine(900, 'kubelet'),
  '/proc/900/cmdline': '/usr/bin/kubelet\0',
  '/proc/900/cgroup': `7:blkio:/nrq\n6:freezer:/\n4:memory:/nrq/kubelet\n1:cpu,cpuacct:/nrq/kubelet\n0::/\n`,
  '/proc/900/task/900/schedstat': '1000000 2000000 10\n',
  '/proc/900/task/901/schedstat': '5000000 0 10\n',
  '/cg/cpu/cpu.cfs_quota_us': '-1\n',
  '/cg/cpu/cpu.stat': 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\n',
  '/cg/cpu/nrq/cpu.cfs_quota_us': '5000\n',
  '/cg/cpu/nrq/cpu.cfs_period_us': '100000\n',
  '/cg/cpu/nrq/cpu.stat': 'nr_periods 100\nnr_throttled 90\nthrottled_time 5000000000\n',
  '/cg/cpu/nrq/kubelet/cpu.cfs_quota_us': '-1\n',
  '/cg/cpu/nrq/kubelet/cpu.cfs_period_us': '100000\n',
  '/cg/cpu/nrq/kubelet/cpu.stat': 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\n',
  '/cg/memory/nrq/memory.usage_in_bytes': '16777216\n',
  '/cg/memory/nrq/memory.limit_in_bytes': '16777216\n',
  '/cg/memory/nrq/memory.failcnt': '40\n',
  '/cg/memory/nrq/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
  '/cg/memory/nrq/kubelet/memory.usage_in_bytes': '880640\n',
  '/cg/memory/nrq/kubelet/memory.limit_in_bytes': '9223372036854771712\n',
  '/cg/memory/nrq/kubelet/memory.failcnt': '0\n',
  '/cg/blkio/nrq/blkio.throttle.write_bps_device': '7:1 1048576\n',
  '/cg/blkio/nrq/blkio.throttle.read_bps_device': '',
};

test('a quota on a parent slice counts, and is told of the component below it', async () => {
  const view = await probeRecording(cgroupsProbe, {
    files: { ...V1 },
    onSleep: ({ files }) => {
      Object.assign(files ?? {}, {
        '/cg/cpu/nrq/cpu.stat': 'nr_periods 115\nnr_throttled 105\nthrottled_time 6342092527\n',
        '/cg/memory/nrq/memory.failcnt': '52\n',
        '/proc/900/task/900/schedstat': '3000000 902000000 11\n',
        '/proc/900/task/902/schedstat': '500000 0 1\n',
      });
    },
  });
  const cpu = view.fact(SLICE, 'cgroup-cpu');
  assert.equal(cpu?.quotaCpus, 0.05);
  assert.equal(cpu?.periods, 15);
  assert.equal(cpu?.throttledPeriods, 15);
  assert.equal(Math.round(cpu?.throttledMs ?? 0), 1342);
  assert.equal(
    view.about(KUBELET, 'cgroup-cpu').some((o) => o.fact.quotaCpus === 0.05),
    true,
  );
  assert.equal(view.fact(OWN, 'cgroup-cpu')?.quotaCpus, null);
  assert.deepEqual(new Set(view.to(KUBELET, 'in-cgroup')), new Set([OWN, SLICE]));
  assert.deepEqual(view.fact(SLICE, 'cgroup-memory'), {
    type: 'cgroup-memory',
    usedBytes: 16_777_216,
    limitBytes: 16_777_216,
    windowMs: 1000,
    hits: 12,
    oomKills: 2,
  });
  assert.equal(view.fact(OWN, 'cgroup-memory')?.limitBytes, null);
  assert.deepEqual(view.fact(KUBELET, 'scheduling'), {
    type: 'scheduling',
    windowMs: 1000,
    onCpuMs: 2.5,
    waitedMs: 900,
  });
});

test('a quota of a second’s period is looked at for more than three of them: within one second none may end', async () => {
  const files = { ...V1, '/cg/cpu/nrq/cpu.cfs_period_us': '1000000\n' };
  const view = await probeRecording(cgroupsProbe, { files });
  assert.equal(view.fact(SLICE, 'cgroup-cpu')?.windowMs, 3500);
});

test('an I/O ceiling is told by its device', async () => {
  const view = await probeRecording(cgroupsProbe, { files: { ...V1 } });
  assert.deepEqual(view.fact(SLICE, 'cgroup-io'), {
    type: 'cgroup-io',
    device: '7:1',
    readBps: null,
    writeBps: 1_048_576,
    readIops: null,
    writeIops: null,
  });
});

test('cgroups that limit nothing are not told, except the component’s own', async () => {
  const view = await probeRecording(cgroupsProbe, { files: { ...V1 } });
  assert.equal(view.fact(entityId.cgroup('/'), 'cgroup-cpu'), null);
  assert.equal(view.all('cgroup-frozen').length, 0);
});

test('a daemon in a frozen cgroup is told', async () => {
  const files = {
    ...V1,
    '/proc/900/cgroup': '6:freezer:/f/own\n0::/\n',
    '/cg/freezer/f/own/freezer.state': 'FROZEN\n',
  };
  const view = await probeRecording(cgroupsProbe, { files });
  assert.equal(view.fact(KUBELET, 'cgroup-frozen')?.state, 'frozen');
  assert.deepEqual(view.to(KUBELET, 'in-cgroup'), [entityId.cgroup('/f/own')]);
});

const V2: Readonly<Record<string, RecordedFile>> = {
  '/proc/1/mountinfo': '30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n',
  '/proc/900/stat': statLine(900, 'kubelet'),
  '/proc/900/cgroup': '0::/kube.slice/kubelet.service\n',
  '/sys/fs/cgroup/cpu.stat': 'usage_usec 1\n',
  '/sys/fs/cgroup/cpu.pressure': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=5\n',
  '/sys/fs/cgroup/kube.slice/cpu.max': '20000 100000\n',
  '/sys/fs/cgroup/kube.slice/cpu.stat': 'usage_usec 1\nnr_periods 10\nnr_throttled 10\nthrottled_usec 500000\n',
  '/sys/fs/cgroup/kube.slice/memory.current': '1000\n',
  '/sys/fs/cgroup/kube.slice/memory.max': 'max\n',
  '/sys/fs/cgroup/kube.slice/memory.high': '4096\n',
  '/sys/fs/cgroup/kube.slice/memory.events': 'low 0\nhigh 7\nmax 1\noom 0\noom_kill 0\n',
  '/sys/fs/cgroup/kube.slice/io.max': '8:16 rbps=max wbps=1048576 riops=max wiops=120\n',
  '/sys/fs/cgroup/kube.slice/kubelet.service/cpu.max': 'max 100000\n',
  '/sys/fs/cgroup/kube.slice/kubelet.service/cpu.stat': 'usage_usec 1\n',
  '/sys/fs/cgroup/kube.slice/kubelet.service/cgroup.freeze': '1\n',
  '/sys/fs/cgroup/kube.slice/kubelet.service/cgroup.events': 'populated 1\nfrozen 0\n',
  '/sys/fs/cgroup/kube.slice/kubelet.service/cpu.pressure': 'some avg10=90.00 avg60=1.00 avg300=0.00 total=100000\n',
};

test('the same on v2, with its own files and words', async () => {
  const view = await probeRecording(cgroupsProbe, {
    files: { ...V2 },
    onSleep: ({ files }) => {
      Object.assign(files ?? {}, {
        '/sys/fs/cgroup/kube.slice/cpu.stat': 'nr_periods 20\nnr_throttled 19\nthrottled_usec 1200000\n',
        '/sys/fs/cgroup/kube.slice/memory.events': 'low 0\nhigh 9\nmax 2\noom 0\noom_kill 1\n',
        '/sys/fs/cgroup/kube.slice/kubelet.service/cpu.pressure':
          'some avg10=90.00 avg60=1.00 avg300=0.00 total=900000\n',
      });
    },
  });
  const slice = entityId.cgroup('/kube.slice');
  const own = entityId.cgroup('/kube.slice/kubelet.service');
  const cpu = view.fact(slice, 'cgroup-cpu');
  assert.deepEqual([cpu?.quotaCpus, cpu?.periodMs, cpu?.throttledPeriods, cpu?.throttledMs], [0.2, 100, 9, 700]);
  const memory = view.fact(slice, 'cgroup-memory');
  assert.deepEqual([memory?.limitBytes, memory?.hits, memory?.oomKills], [4096, 3, 1]);
  assert.deepEqual(view.fact(slice, 'cgroup-io'), {
    type: 'cgroup-io',
    device: '8:16',
    readBps: null,
    writeBps: 1_048_576,
    readIops: null,
    writeIops: 120,
  });
  assert.equal(view.fact(own, 'cgroup-frozen')?.state, 'freezing');
  assert.equal(view.fact(own, 'pressure')?.windowSome, 0.8);
  assert.equal(view.fact(entityId.cgroup('/'), 'pressure'), null);
});

test('a host without cgroups says so; one that hides them leaves the question open', async () => {
  const process = { '/proc/900/stat': statLine(900, 'kubelet') };
  const without = await probeRecording(cgroupsProbe, {
    files: { ...process, '/proc/1/mountinfo': '26 1 8:0 / / rw - ext4 /dev/sda rw\n' },
  });
  assert.deepEqual(
    without
      .gaps('cgroups')
      .filter((g) => !g.fact.partial)
      .map((g) => g.fact.why),
    ['absent'],
  );
  const hidden = await probeRecording(cgroupsProbe, { files: { ...V1, '/proc/900/cgroup': { error: 'EACCES' } } });
  assert.equal(hidden.gaps('cgroups')[0]?.fact.why, 'no-permission');
});
