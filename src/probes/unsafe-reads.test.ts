import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../test/support/recorded-host.ts';
import { CaseRecorder } from '../evidence/recorder.ts';
import { CaseView } from '../evidence/view.ts';
import type { UnreadReport } from '../host/host.ts';
import { noteUnreadReads } from './unsafe-reads.ts';

function gapsOf(unread: readonly UnreadReport[]) {
  const host = recordedHost({});
  const recorder = new CaseRecorder(() => host.now());
  noteUnreadReads(recorder.probe('examine'), { ...host, files: { ...host.files, unread: () => unread } });
  return new CaseView(recorder.finish('test')).all('gap').map(({ fact }) => [fact.topic, fact.why, fact.detail]);
}

test('what was left out for want of a process is a gap of its topic, with how many and an example', () => {
  const unread = [
    { operation: 'read', path: '/proc/80/cmdline', error: 'EAGAIN' },
    { operation: 'read', path: '/proc/81/cmdline', error: 'EAGAIN' },
    { operation: 'statfs', path: '/var', error: 'EAGAIN' },
    { operation: 'list', path: '/proc/80/fd', error: 'EAGAIN' },
    { operation: 'list', path: '/sys/block', error: 'EAGAIN' },
    { operation: 'stat', path: '/run/docker.sock', error: 'EAGAIN' },
  ];
  const why = 'no process could be started for them: EAGAIN';
  assert.deepEqual(gapsOf(unread), [
    ['processes', 'failed', `2 reads left out, such as read /proc/80/cmdline: ${why}`],
    ['filesystems', 'failed', `1 reads left out, such as statfs /var: ${why}`],
    ['open-files', 'failed', `1 reads left out, such as list /proc/80/fd: ${why}`],
    ['disks', 'failed', `1 reads left out, such as list /sys/block: ${why}`],
    ['components', 'failed', `1 reads left out, such as stat /run/docker.sock: ${why}`],
  ]);
});

test('nothing is said where every read had its process', () => {
  assert.deepEqual(gapsOf([]), []);
});
