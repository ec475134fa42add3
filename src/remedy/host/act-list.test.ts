import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACT_PROGRAMS, actRefusalOf, writeRefusalOf } from './act-list.ts';

type Argv = readonly [string, ...string[]];

test('what acts run is allowed, whole command lines', () => {
  const lines: readonly Argv[] = [
    ['fsfreeze', '--unfreeze', '/data/a b'],
    ['xfs_freeze', '-u', '/data'],
    ['dmsetup', 'resume', 'vg-docker'],
    ['umount', '--lazy', '--no-canonicalize', '--internal-only', '--', '/mnt/nfs'],
    ['systemctl', '--no-block', '--no-ask-password', 'restart', 'docker.service'],
    ['systemctl', '--no-ask-password', 'reboot'],
    ['shutdown', '-r', 'now'],
    ['/etc/init.d/docker', 'restart'],
  ];
  for (const line of lines) assert.equal(actRefusalOf(line), null, line.join(' '));
});

test('nothing else is: no other program, option, order or target', () => {
  const lines: readonly Argv[] = [
    ['fsfreeze', '--freeze', '/data'],
    ['fsfreeze', '--unfreeze', '-x'],
    ['fsfreeze', '--unfreeze', '/data', '/other'],
    ['dmsetup', 'remove', 'vg-docker'],
    ['dmsetup', 'resume', '--force'],
    ['umount', '/mnt/nfs'],
    ['systemctl', 'stop', 'docker.service'],
    ['systemctl', '--no-block', '--no-ask-password', 'restart', 'docker.service', 'sshd.service'],
    ['systemctl', '--no-block', '--no-ask-password', 'restart', '--force.service'],
    ['systemctl', '--no-ask-password', 'reboot', '--force'],
    ['shutdown', '-h', 'now'],
    ['/etc/init.d/docker', 'stop'],
    ['/etc/init.d/../../tmp/x', 'restart'],
    ['/tmp/evil', 'restart'],
    ['sh', '-c', 'reboot'],
  ];
  for (const line of lines) assert.notEqual(actRefusalOf(line), null, line.join(' '));
});

test('only an abort of FUSE and three orders of sysrq are written', () => {
  assert.equal(writeRefusalOf('/sys/fs/fuse/connections/57/abort', '1'), null);
  for (const key of 'sub') assert.equal(writeRefusalOf('/proc/sysrq-trigger', key), null);
  const refused: readonly (readonly [string, string])[] = [
    ['/proc/sysrq-trigger', 'c'],
    ['/proc/sysrq-trigger', 'j'],
    ['/sys/fs/fuse/connections/57/max_background', '1'],
    ['/sys/fs/fuse/connections/../../../etc/fs/fuse/connections/1/abort', '1'],
    ['/etc/passwd', '1'],
  ];
  for (const [path, text] of refused) assert.notEqual(writeRefusalOf(path, text), null, path);
});

test('each program says why it is run', () => {
  for (const program of ACT_PROGRAMS) assert.match(program.why, /\w{3}/);
});
