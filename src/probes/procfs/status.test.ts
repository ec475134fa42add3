import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseProcStatus } from './status.ts';

const THREAD = `Name:	writer
Umask:	0022
State:	D (disk sleep)
Tgid:	27441
Pid:	27515
PPid:	27422
Uid:	1001	0	0	0
Gid:	0	0	0	0
NStgid:	27441	1
NSpid:	27515	8
Threads:	4
voluntary_ctxt_switches:	23
nonvoluntary_ctxt_switches:	10
`;

test('a thread of a container: its user and how often it was switched', () => {
  assert.deepEqual(parseProcStatus(THREAD), { uid: 1001, contextSwitches: 33, namespaceInit: false });
});

test('the first process of a PID namespace is an init, that of the host is not', () => {
  assert.ok(parseProcStatus(THREAD.replace('27515	8', '27441	1')).namespaceInit);
  assert.ok(!parseProcStatus(THREAD.replace('27515	8', '1')).namespaceInit);
});

test('an old kernel without these fields leaves them open', () => {
  assert.deepEqual(parseProcStatus('Name:\tinit\n'), { uid: null, contextSwitches: null, namespaceInit: false });
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseProcStatus(text);
    }),
  );
});
