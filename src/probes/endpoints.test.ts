import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RecordedMachine, recordedHost } from '../../test/support/recorded-host.ts';
import type { FileStat } from '../host/host.ts';
import type { Survey, SurveyedProcess } from '../host/survey.ts';
import { findEndpoints } from './endpoints.ts';
import { shareReads } from './shared-reads.ts';

const socket = (inode: number): FileStat => ({ kind: 'socket', size: 0, inode, device: '0:25', modifiedAt: 0 });
const symlink = (inode: number): FileStat => ({ ...socket(inode), kind: 'symlink' });

function surveyOf(...daemons: (Pick<SurveyedProcess, 'pid' | 'comm'> & { args?: readonly string[] })[]): Survey {
  const whole = daemons.map((d) => ({
    ppid: 1,
    state: 'S',
    startTicks: 1,
    threads: 1,
    exe: null,
    args: [d.comm],
    ...d,
  }));
  return { at: 0, processes: new Map(whole.map((p) => [p.pid, p])) };
}

// captured from a private dockerd 20.10
const UNIX_TABLE = `Num       RefCount Protocol Flags    Type St Inode Path
0000000036c81676: 00000002 00000000 00010000 0001 01 18645 /srv/lab/exec/libnetwork/1ab1f52a2a85.sock
00000000ce855195: 00000002 00000000 00000000 0002 01 18612 @0615d
000000001629f27d: 00000002 00000000 00010000 0001 01 18615 /srv/lab/docker.sock
00000000b33dc070: 00000003 00000000 00000000 0001 03 18635
`;

function dockerdIn(namespace: string): RecordedMachine {
  return {
    files: { '/proc/8718/net/unix': UNIX_TABLE },
    links: {
      '/proc/1/ns/mnt': 'mnt:[4026531841]',
      '/proc/8718/ns/mnt': namespace,
      '/proc/8718/fd/0': '/dev/null',
      '/proc/8718/fd/7': 'socket:[18615]',
      '/proc/8718/fd/8': 'socket:[18635]',
      '/proc/8718/fd/14': 'socket:[18645]',
    },
  };
}

const dockerd = { pid: 8718, comm: 'dockerd' };

async function found(machine: RecordedMachine, survey = surveyOf(), given: readonly string[] = []) {
  return findEndpoints(
    shareReads(recordedHost(machine), 0, async () => survey),
    given,
  );
}

test('a machine without runtimes has no endpoints', async () => {
  assert.deepEqual(await found({}), []);
});

test('a private dockerd is found by the socket it listens on', async () => {
  assert.deepEqual(await found(dockerdIn('mnt:[4026531841]'), surveyOf(dockerd)), [
    { path: '/srv/lab/docker.sock', kinds: ['docker'], foundBy: 'listening', listenerPid: 8718 },
  ]);
});

test('a daemon in another mount namespace is reached through its root', async () => {
  const [endpoint] = await found(dockerdIn('mnt:[4026532777]'), surveyOf(dockerd));
  assert.equal(endpoint?.path, '/proc/8718/root/srv/lab/docker.sock');
});

test('one socket by three names, one of them a link, is one endpoint under the name found first', async () => {
  const endpoints = await found({
    env: { DOCKER_HOST: 'unix:///opt/docker.sock' },
    stats: { '/run/docker.sock': socket(5), '/var/run/docker.sock': socket(5), '/opt/docker.sock': symlink(6) },
    links: { '/opt/docker.sock': '/run/docker.sock' },
  });
  assert.deepEqual(
    endpoints.map((e) => [e.path, e.foundBy]),
    [['/opt/docker.sock', 'DOCKER_HOST']],
  );
});

test('two sockets are two endpoints, though links lead round in a circle', async () => {
  const endpoints = await found({
    env: { DOCKER_HOST: '/loop.sock' },
    stats: { '/run/docker.sock': socket(5), '/loop.sock': symlink(6) },
    links: { '/loop.sock': '/loop.sock' },
  });
  assert.deepEqual(
    endpoints.map((e) => e.path),
    ['/loop.sock', '/run/docker.sock'],
  );
});

test('what someone asked for stays, though nothing is there', async () => {
  const kubelet = {
    pid: 7,
    comm: 'kubelet',
    args: ['kubelet', '--container-runtime-endpoint=unix:///run/crio/crio.sock'],
  };
  const endpoints = await found({}, surveyOf(kubelet), ['/srv/x.sock', 'tcp://elsewhere:2375']);
  assert.deepEqual(
    endpoints.map((e) => [e.path, e.foundBy]),
    [
      ['/srv/x.sock', 'flag'],
      ['/run/crio/crio.sock', 'kubelet'],
    ],
  );
});

test('a flag keeps its spelling and learns who listens', async () => {
  const machine = {
    ...dockerdIn('mnt:[4026531841]'),
    stats: { '/srv/lab/docker.sock': socket(9), '/x.sock': socket(9) },
  };
  const endpoints = await found(machine, surveyOf(dockerd), ['unix:///x.sock']);
  assert.deepEqual(endpoints, [{ path: '/x.sock', kinds: ['docker'], foundBy: 'flag', listenerPid: 8718 }]);
});

test('a folder that may not be entered does not hide a well-known socket', async () => {
  const machine: RecordedMachine = {};
  const host = recordedHost(machine);
  const stat: typeof host.files.stat = async (path) => {
    const denied = path === '/run/containerd/containerd.sock';
    return { ok: false, error: denied ? 'EACCES' : 'ENOENT', tookMs: 0 };
  };
  const endpoints = await findEndpoints(
    shareReads({ ...host, files: { ...host.files, stat } }, 0, async () => surveyOf()),
    [],
  );
  assert.deepEqual(
    endpoints.map((e) => e.path),
    ['/run/containerd/containerd.sock'],
  );
});

test('a usual place that could not be looked at is no endpoint, one closed to us is', async () => {
  const paths = async (error: string) => {
    const host = recordedHost({});
    const stat = async () => ({ ok: false, error, tookMs: 0 }) as const;
    const from = shareReads({ ...host, files: { ...host.files, stat } }, 0, async () => surveyOf());
    return (await findEndpoints(from, ['/given.sock'])).map((e) => e.path);
  };
  assert.deepEqual(await paths('EAGAIN'), ['/given.sock']);
  assert.deepEqual(await paths('SKIPPED'), ['/given.sock']);
  assert.ok((await paths('EACCES')).includes('/run/docker.sock'));
});

test('a socket at which looking hangs is not called: connecting would hang too', async () => {
  const host = recordedHost({});
  const stat = async () => ({ ok: false, error: 'STUCK', tookMs: 700 }) as const;
  const from = shareReads({ ...host, files: { ...host.files, stat } }, 0, async () => surveyOf());
  assert.deepEqual(await findEndpoints(from, ['/given.sock']), []);
});
