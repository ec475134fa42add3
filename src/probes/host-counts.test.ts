import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { probeRecording } from '../../test/support/probe-recording.ts';
import { cgroupCountsProbe } from './cgroup-counts.ts';
import { memoryErrorsProbe } from './memory-errors.ts';
import { parseCgroupStat, parseControllers } from './procfs/cgroup-counts.ts';
import { systemStateProbe } from './system-state.ts';
import { parseManager } from './systemd/manager.ts';

const V1 = '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t3\t21\t1\nmemory\t4\t65535\t1\nnet_cls\t0\t21\t1\n';

test('the cgroups of a v1 hierarchy, and those of v2 with the ones that are dying', async () => {
  const view = await probeRecording(cgroupCountsProbe, {
    files: {
      '/proc/1/mountinfo': '38 30 0:35 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n',
      '/proc/cgroups': V1,
      '/sys/fs/cgroup/unified/cgroup.stat': 'nr_descendants 900\nnr_dying_descendants 31000\n',
    },
  });
  assert.deepEqual(
    view.all('cgroup-counts').map(({ fact: f }) => [f.controller, f.cgroups, f.dying]),
    [
      ['cpuset', 21, null],
      ['memory', 65_535, null],
      ['all', 900, 31_000],
    ],
  );
});

test('the memory controller by itself, where cgroup.stat tells it', () => {
  const text = 'nr_descendants 20\nnr_subsys_memory 21\nnr_dying_descendants 3\nnr_dying_subsys_memory 2\n';
  assert.deepEqual(
    parseCgroupStat(text).map((c) => [c.controller, c.cgroups, c.dying]),
    [
      ['all', 20, 3],
      ['memory', 21, 2],
    ],
  );
});

test('memory errors of each controller; a machine without EDAC has none', async () => {
  const mc = '/sys/devices/system/edac/mc';
  const files = { [`${mc}/mc0/ce_count`]: '12\n', [`${mc}/mc0/ue_count`]: '1\n', [`${mc}/power/control`]: 'auto\n' };
  const view = await probeRecording(memoryErrorsProbe, { files });
  const fact = { type: 'memory-errors', controller: 'mc0', corrected: 12, uncorrected: 1 };
  assert.deepEqual(
    view.all('memory-errors').map((o) => o.fact),
    [fact],
  );
  assert.deepEqual((await probeRecording(memoryErrorsProbe, {})).all('memory-errors'), []);
});

const SHOW = 'systemctl show --no-pager --property=SystemState,NNames,NJobs';

test('what systemd says of itself, and a shutdown that is planned', async () => {
  const view = await probeRecording(systemStateProbe, {
    files: {
      '/proc/1/comm': 'systemd\n',
      '/run/systemd/shutdown/scheduled': 'USEC=1764050000000000\nWARN_WALL=1\nMODE=reboot\n',
    },
    programs: { [SHOW]: { code: 0, stdout: 'NNames=1420\nNJobs=0\nSystemState=degraded\n' } },
  });
  const { state, units, jobs, shutdownAt } = view.all('system-state')[0]?.fact ?? {};
  assert.deepEqual([state, units, jobs, shutdownAt], ['degraded', 1420, 0, 1_764_050_000_000]);
});

test('a systemd that does not answer has no state; where PID 1 is another, nobody is asked', async () => {
  const files = { '/proc/1/comm': 'systemd\n' };
  const silent = await probeRecording(systemStateProbe, { files, programs: { [SHOW]: { timedOut: true } } });
  assert.equal(silent.all('system-state')[0]?.fact.state, null);
  const other = await probeRecording(systemStateProbe, { files: { '/proc/1/comm': 'tini\n' } });
  assert.equal(other.all('system-state').length, 0);
});

test('any other text gives no count and no state', () => {
  assert.deepEqual(parseControllers('cpuset 3 21 1'), []);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { units, jobs } = parseManager(text);
      return parseControllers(text).every((c) => c.cgroups >= 0) && (units ?? 0) >= 0 && (jobs ?? 0) >= 0;
    }),
  );
});
