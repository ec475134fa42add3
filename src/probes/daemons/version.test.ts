import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../../test/support/recorded-host.ts';
import type { Daemon } from './identify.ts';
import { parseVersion, readVersions } from './version.ts';

test('what the programs answer', () => {
  const answers: [string, string | null][] = [
    ['Docker version 20.10.24+dfsg1, build 297e128\n', '20.10.24+dfsg1'],
    ['containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u1\n', '1.6.20~ds1'],
    ['containerd github.com/containerd/containerd/v2 v2.1.4 75cb2b7193e4\n', '2.1.4'],
    ['Kubernetes v1.20.2\n', '1.20.2'],
    ['crio version 1.24.1\nVersion: 1.24.1\n', '1.24.1'],
    ['cri-dockerd 0.3.1 (9a87d6a)\n', '0.3.1'],
    ['', null],
    ['error: unknown flag', null],
  ];
  for (const [text, version] of answers) assert.equal(parseVersion(text), version);
});

function dockerd(pid: number, exe: string): Daemon {
  const process = { pid, ppid: 1, comm: 'dockerd', state: 'S', startTicks: 1, threads: 1, exe, args: [] };
  return { name: 'dockerd', process, within: null, startedBy: null };
}

test('a program is asked only where its file is still the one that runs, in our own mount namespace', async () => {
  const host = recordedHost({
    links: {
      '/proc/self/ns/mnt': 'mnt:[1]',
      '/proc/7/ns/mnt': 'mnt:[1]',
      '/proc/8/ns/mnt': 'mnt:[2]',
      '/proc/9/ns/mnt': 'mnt:[1]',
      '/proc/10/ns/mnt': 'mnt:[1]',
    },
    programs: {
      '/usr/sbin/dockerd --version': { code: 0, stdout: 'Docker version 20.10.24+dfsg1, build 297e128\n' },
      '/opt/dockerd --version': { timedOut: true },
    },
  });
  const versions = readVersions(host, [
    dockerd(7, '/usr/sbin/dockerd'),
    dockerd(8, '/usr/sbin/dockerd'),
    dockerd(9, '/usr/sbin/dockerd (deleted)'),
    dockerd(10, '/opt/dockerd'),
  ]);
  const answers = await Promise.all([7, 8, 9, 10].map(async (pid) => versions.get(pid)));
  assert.deepEqual(answers, ['20.10.24+dfsg1', null, null, null]);
});
