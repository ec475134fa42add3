import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { statLine } from '../../../test/support/probe-recording.ts';
import { type RecordedMachine, recordedHost } from '../../../test/support/recorded-host.ts';
import { survey } from '../../host/survey.ts';
import { findDataRoots, flagValue, rootOfDaemonJson, rootOfToml } from './data-roots.ts';

async function rootOf(role: string, machine: RecordedMachine): Promise<string | undefined> {
  const host = recordedHost(machine);
  const roots = await findDataRoots(host, await survey(host));
  return roots.find((root) => root.role === role)?.path;
}

const daemon = (comm: string, ...args: string[]) => ({
  '/proc/700/stat': statLine(700, comm),
  '/proc/700/cmdline': `${[`/usr/bin/${comm}`, ...args].join('\0')}\0`,
});

test('a flag says where the data is', async () => {
  assert.equal(await rootOf('docker-root', { files: daemon('dockerd', '--data-root', '/srv/docker') }), '/srv/docker');
  assert.equal(await rootOf('docker-root', { files: daemon('dockerd', '-g=/old') }), '/old');
  assert.equal(await rootOf('kubelet-root', { files: daemon('kubelet', '--root-dir=/data/kubelet') }), '/data/kubelet');
});

test('else the configuration does', async () => {
  const docker = { ...daemon('dockerd'), '/etc/docker/daemon.json': '{ "data-root": "/mnt/d" }' };
  assert.equal(await rootOf('docker-root', { files: docker }), '/mnt/d');
  const containerd = {
    ...daemon('containerd', '--config', '/x.toml'),
    '/x.toml': 'version = 2\nroot = "/mnt/c"\n[grpc]\n',
  };
  assert.equal(await rootOf('containerd-root', { files: containerd }), '/mnt/c');
});

test('else it is where it usually is, links followed', async () => {
  assert.equal(await rootOf('containerd-root', { files: daemon('containerd') }), '/var/lib/containerd');
  const links = { '/var/lib/docker': '../../data/docker', '/data': '/mnt/disk1' };
  assert.equal(await rootOf('docker-root', { files: daemon('dockerd'), links }), '/mnt/disk1/docker');
});

test('the data of a daemon that does not run is looked at if it is there', async () => {
  const files = { '/proc/1/stat': statLine(1, 'init') };
  assert.equal(await rootOf('docker-root', { files }), undefined);
  const directory = { kind: 'directory', size: 0, inode: 1, device: '8:0', modifiedAt: 0 } as const;
  assert.equal(await rootOf('docker-root', { files, stats: { '/var/lib/docker': directory } }), '/var/lib/docker');
});

test('links that lead in a circle come to an end', async () => {
  const links = { '/var/lib/docker': '/a', '/a': '/b', '/b': '/a' };
  assert.match((await rootOf('docker-root', { files: daemon('dockerd'), links })) ?? '', /^\/[ab]$/);
});

test('the last of several flags counts, as programs read them', () => {
  assert.equal(flagValue(['-g', '/a', '--graph=/b'], ['-g', '--graph']), '/b');
  assert.equal(flagValue(['-g'], ['-g']), null);
});

test('a root below a table of config.toml is not the daemon’s', () => {
  assert.equal(rootOfToml('version = 2\n[plugins."x"]\n  root = "/other"\n'), null);
  assert.equal(rootOfToml("  root = '/mnt/c' # moved\n"), '/mnt/c');
});

test('takes any configuration', () => {
  fc.assert(
    fc.property(fc.string(), (text) =>
      [rootOfToml(text), rootOfDaemonJson(text)].every((r) => r === null || r.length > 0),
    ),
  );
});
