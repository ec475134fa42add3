import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableOf } from '../../../test/support/process-table.ts';
import { isAdopted } from './adoption.ts';
import type { Membership } from './membership.ts';
import { findShims } from './shims.ts';

const ID = 'a'.repeat(64);
const membersOf = (...pids: number[]): Membership =>
  new Map(pids.map((pid) => [pid, { containerId: ID, podUid: null, path: `/docker/${ID}` }]));

const TABLE = tableOf([
  { pid: 1, ppid: 0, comm: 'systemd' },
  { pid: 5, ppid: 1, comm: 'containerd' },
  { pid: 10, ppid: 1, comm: 'containerd-shim', args: ['containerd-shim-runc-v2', '-namespace', 'moby', '-id', ID] },
  { pid: 11, ppid: 10, comm: 'app' },
  { pid: 12, ppid: 11, comm: 'worker' },
  { pid: 13, ppid: 1, comm: 'orphan' },
  { pid: 14, ppid: 5, comm: 'orphan' },
  { pid: 15, ppid: 1, comm: 'runc:[2:INIT]' },
  { pid: 16, ppid: 1, comm: 'sshd' },
  { pid: 20, ppid: 1, comm: 'docker-containe', args: ['docker-containerd-shim', ID, '/run/x', 'docker-runc'] },
  { pid: 21, ppid: 20, comm: 'app' },
]);
const MEMBERS = membersOf(11, 12, 13, 14, 15, 21);

test('a process of a container under PID 1 or a subreaper has lost its shim', () => {
  const adopted = [...TABLE.processes.values()].filter((p) => isAdopted(p, MEMBERS, findShims(TABLE), TABLE));
  assert.deepEqual(
    adopted.map((p) => p.pid),
    [13, 14],
  );
});
