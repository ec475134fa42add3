import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../test/support/recorded-host.ts';
import { createLinuxHost } from './linux-host.ts';
import { splitArgs, survey } from './survey.ts';

const stat = (pid: number, comm: string, state: string, ppid: number): string =>
  `${pid} (${comm}) ${state} ${ppid} ${pid} ${pid} 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 1000 0 0\n`;

test('arguments and executable are read of runtimes only', async () => {
  const host = recordedHost({
    files: {
      '/proc/1/stat': stat(1, 'systemd', 'S', 0),
      '/proc/1/cmdline': '/sbin/init\0',
      '/proc/80/stat': stat(80, 'containerd-shim', 'S', 1),
      '/proc/80/cmdline': '/usr/bin/containerd-shim-runc-v2\0-namespace\0k8s.io\0-id\0abc\0',
      '/proc/cpuinfo': 'no process',
    },
    links: { '/proc/80/exe': '/usr/bin/containerd-shim-runc-v2', '/proc/1/exe': '/usr/lib/systemd/systemd' },
  });
  const { processes } = await survey(host);
  assert.deepEqual([...processes.keys()], [1, 80]);
  assert.equal(processes.get(1)?.args, null);
  assert.deepEqual(processes.get(80)?.args, ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', 'abc']);
  assert.equal(processes.get(80)?.exe, '/usr/bin/containerd-shim-runc-v2');
});

test('a process that ends during the survey is left out, a hanging command line is not waited for', async () => {
  const host = recordedHost({
    files: {
      '/proc/1/stat': stat(1, 'init', 'S', 0),
      '/proc/7/stat': { error: 'ESRCH' },
      '/proc/8/stat': stat(8, 'kubelet', 'D', 1),
      '/proc/8/cmdline': { stuck: true },
    },
  });
  const { processes } = await survey(host);
  assert.deepEqual([...processes.keys()], [1, 8]);
  assert.equal(processes.get(8)?.args, null);
});

test('a /proc that cannot be listed is an error, not an empty machine', async () => {
  await assert.rejects(survey(recordedHost({ files: {} })), /\/proc cannot be listed: ENOENT/);
});

test('this very process is found on a live machine', async () => {
  const host = createLinuxHost();
  const { processes } = await survey(host);
  host.files.close();
  const own = processes.get(process.pid);
  assert.equal(own?.ppid, process.ppid);
  assert.ok((own?.threads ?? 0) > 1);
});

test('arguments end at NUL, empty ones included', () => {
  assert.deepEqual(splitArgs('a\0\0b\0'), ['a', '', 'b']);
  assert.deepEqual(splitArgs(''), []);
});
