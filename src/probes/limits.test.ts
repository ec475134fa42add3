import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeRecording, statLine } from '../../test/support/probe-recording.ts';
import type { RecordedFile } from '../../test/support/recorded-host.ts';
import { entityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import { limitsProbe } from './limits.ts';

const DOCKERD = entityId.component('dockerd', 700);
const ID = 'aef989516e4fd6604bce174e0ff0abc95a4f653a55a6a8f4b80caafb2361b995';
const ROOT_STATUS = 'Name:\tx\nUid:\t0\t0\t0\t0\n';

const FILES: Readonly<Record<string, RecordedFile>> = {
  '/proc/sys/kernel/pid_max': '32768\n',
  '/proc/sys/kernel/threads-max': '192729\n',
  '/proc/loadavg': '2.26 0.78 0.32 1/32760 6382\n',
  '/proc/sys/fs/file-nr': '594\t0\t9223372036854775807\n',
  '/proc/sys/fs/inotify/max_user_instances': '128\n',
  '/proc/sys/fs/inotify/max_user_watches': '192536\n',
  '/proc/1/mountinfo': '38 30 0:35 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids\n',
  '/proc/700/stat': statLine(700, 'dockerd'),
  '/proc/700/status': ROOT_STATUS,
  '/proc/700/limits':
    'Limit                     Soft Limit           Hard Limit           Units     \nMax open files            4                    1048576              files     \n',
  '/proc/700/cgroup': '8:pids:/system.slice/docker.service\n',
  '/proc/700/fdinfo/2': 'pos:\t0\ninotify wd:1 ino:2 sdev:3\ninotify wd:2 ino:4 sdev:3\n',
  '/proc/800/stat': statLine(800, 'someone'),
  '/proc/800/status': 'Name:\tx\nUid:\t1000\t1000\t1000\t1000\n',
  '/sys/fs/cgroup/pids/system.slice/docker.service/pids.current': '98\n',
  '/sys/fs/cgroup/pids/system.slice/docker.service/pids.max': 'max\n',
  '/sys/fs/cgroup/pids/system.slice/docker.service/pids.events': 'max 3\n',
  '/sys/fs/cgroup/pids/system.slice/pids.current': '100\n',
  '/sys/fs/cgroup/pids/system.slice/pids.max': '100\n',
  '/sys/fs/cgroup/pids/system.slice/pids.events': 'max 0\n',
};
const LINKS = {
  '/proc/700/fd/0': '/dev/null',
  '/proc/700/fd/1': 'socket:[1]',
  '/proc/700/fd/2': 'anon_inode:inotify',
  '/proc/800/fd/0': 'anon_inode:inotify',
};

const brief = (view: CaseView, scope: string) =>
  view
    .all('limit')
    .filter((o) => o.fact.scope === scope)
    .map(({ fact: f }) => [f.resource, f.used, f.max]);

test('tasks and open files of the host against their limits', async () => {
  const view = await probeRecording(limitsProbe, { files: { ...FILES }, links: LINKS });
  assert.deepEqual(brief(view, 'host'), [
    ['pids', 32_760, 32_768],
    ['threads', 32_760, 192_729],
    ['open-files', 594, null],
  ]);
});

test('open files of a daemon against the limit that holds for it', async () => {
  const view = await probeRecording(limitsProbe, { files: { ...FILES }, links: LINKS });
  const limit = view.about(DOCKERD, 'limit').find((o) => o.fact.scope === 'process');
  assert.deepEqual([limit?.fact.used, limit?.fact.max, limit?.fact.subject], [3, 4, 'dockerd']);
});

test('inotify instances and watches of root, not those of other users', async () => {
  const view = await probeRecording(limitsProbe, { files: { ...FILES }, links: LINKS });
  assert.deepEqual(brief(view, 'user'), [
    ['inotify-instances', 1, 128],
    ['inotify-watches', 2, 192_536],
  ]);
});

test('a full parent slice is told, and hits where the kernel counted them', async () => {
  const view = await probeRecording(limitsProbe, { files: { ...FILES }, links: LINKS });
  const own = view.fact(entityId.cgroup('/system.slice/docker.service'), 'limit');
  assert.deepEqual([own?.used, own?.max, own?.hits], [98, null, 3]);
  const slice = view.latest(entityId.cgroup('/system.slice'), 'limit');
  assert.deepEqual([slice?.fact.used, slice?.fact.max, slice?.about.includes(DOCKERD)], [100, 100, true]);
});

test('of containers, those that near their limit are told', async () => {
  const directory = `/sys/fs/cgroup/pids/docker/${ID}`;
  const container = (used: number): Record<string, RecordedFile> => ({
    ...FILES,
    '/proc/50/stat': statLine(50, 'containerd-shim'),
    '/proc/51/stat': statLine(51, 'app', 50),
    '/proc/51/cgroup': `8:pids:/docker/${ID}\n`,
    [`${directory}/pids.current`]: `${used}\n`,
    [`${directory}/pids.max`]: '100\n',
    [`${directory}/pids.events`]: 'max 0\n',
  });
  const near = await probeRecording(limitsProbe, { files: container(99) });
  assert.equal(near.fact(entityId.container(ID), 'limit')?.used, 99);
  const far = await probeRecording(limitsProbe, { files: container(3) });
  assert.equal(far.fact(entityId.container(ID), 'limit'), null);
});

test('what may not be read is a gap', async () => {
  const view = await probeRecording(limitsProbe, {
    files: {
      ...FILES,
      '/proc/700/limits': { error: 'EACCES' },
      '/proc/sys/fs/inotify/max_user_instances': { error: 'ENOENT' },
    },
    links: LINKS,
  });
  assert.deepEqual(new Set(view.gaps('open-files').map((g) => g.fact.why)), new Set(['no-permission', 'absent']));
  assert.equal(brief(view, 'user').length, 0);
});
