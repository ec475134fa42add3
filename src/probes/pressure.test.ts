import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording } from '../../test/support/probe-recording.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import { pressureProbe } from './pressure.ts';

const stalled = (totalUs: number): string =>
  `some avg10=8.38 avg60=12.36 avg300=4.32 total=${totalUs}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n`;

const machine = (): Record<string, RecordedFile> => ({
  '/proc/pressure/cpu': stalled(1_000_000),
  '/proc/pressure/memory': stalled(0),
  '/proc/pressure/io': stalled(0),
  '/proc/loadavg': '2.26 0.78 0.32 1/95 6382\n',
  '/proc/stat': 'cpu  100 0 0 900 0 0 0 0 0 0\ncpu0 100 0 0 900 0 0 0 0 0 0\n',
  '/proc/meminfo': 'MemTotal: 1000 kB\nMemAvailable: 400 kB\n',
  '/proc/vmstat': 'allocstall_normal 0\npgmajfault 5\n',
});

test('tells what happened in the window, from two samples', async () => {
  const view = await probeRecording(pressureProbe, {
    files: machine(),
    onSleep: ({ files }) => {
      Object.assign(files ?? {}, {
        '/proc/pressure/cpu': stalled(1_400_000),
        '/proc/stat': 'cpu  150 0 0 940 10 0 0 0 0 0\n',
        '/proc/vmstat': 'allocstall_normal 3\npgmajfault 9\n',
      });
    },
  });
  const node = entityId.node();
  const cpu = view.about(node, 'pressure').find((o) => o.fact.resource === 'cpu');
  assert.equal(cpu?.fact.windowSome, 0.4);
  assert.equal(cpu?.fact.some.avg60, 12.36);
  assert.deepEqual(view.fact(node, 'cpu'), { type: 'cpu', windowMs: 1000, busy: 0.5, iowait: 0.1, steal: 0 });
  assert.equal(view.fact(node, 'memory')?.directReclaims, 3);
  assert.equal(view.fact(node, 'memory')?.majorFaults, 4);
  assert.equal(view.fact(node, 'load')?.tasks, 95);
  assert.equal(view.gaps('pressure').length, 0);
});

for (const error of ['ENOENT', 'EOPNOTSUPP']) {
  test(`a kernel without PSI (${error}) still tells load, CPU and memory`, async () => {
    const files = machine();
    for (const resource of ['cpu', 'memory', 'io']) files[`/proc/pressure/${resource}`] = { error };
    const view = await probeRecording(pressureProbe, { files });
    assert.deepEqual(
      view.gaps('pressure').map((g) => [g.fact.why, g.fact.partial]),
      [['absent', false]],
    );
    assert.equal(view.examined('pressure'), true);
    assert.equal(view.all('load').length, 1);
    assert.equal(view.all('memory').length, 1);
  });
}

test('a read that hangs is a gap, not a wait', async () => {
  const view = await probeRecording(pressureProbe, { files: { ...machine(), '/proc/pressure/io': { stuck: true } } });
  assert.deepEqual(
    view.gaps('pressure').map((g) => [g.fact.why, g.fact.partial]),
    [['stuck', true]],
  );
  assert.equal(view.all('pressure').length, 2);
});
