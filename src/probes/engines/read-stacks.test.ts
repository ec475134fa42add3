import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RecordedMachine, recordedHost } from '../../../test/support/recorded-host.ts';
import { entityId } from '../../evidence/entity.ts';
import { CaseRecorder } from '../../evidence/recorder.ts';
import type { ComponentName, Daemon } from '../daemons/identify.ts';
import { readStacks } from './read-stacks.ts';

const ASKED = Date.UTC(2026, 10, 24, 6, 0, 0);
const DUMP = `goroutine 4711 [semacquire, 34 minutes]:
sync.(*Mutex).Lock(0xc4212f2120)
	/usr/local/go/src/sync/mutex.go:134 +0xee
github.com/docker/docker/daemon.(*Daemon).ContainerInspectCurrent(0xc42056a000, 0xc421f8c000)
	/go/src/github.com/docker/docker/daemon/inspect.go:40 +0x8e
`;

function daemon(name: ComponentName, args: readonly string[] = []): Daemon {
  const process = { pid: 7, ppid: 1, comm: name, state: 'S', startTicks: 500, threads: 12, exe: null, args };
  return { name, process, within: null, startedBy: null };
}

function written(path: string, modifiedAt: number): RecordedMachine {
  const stat = { kind: 'file', size: DUMP.length, inode: 1, device: '8:1', modifiedAt } as const;
  return { files: { [path]: DUMP }, stats: { [path]: stat }, now: ASKED };
}

async function read(machine: RecordedMachine, of: Daemon) {
  const recorder = new CaseRecorder(() => ASKED);
  const source = recorder.probe('docker').source('stacks', 'true');
  const file = await readStacks(recordedHost(machine), of, entityId.component(of.name, 7), source, ASKED);
  source.end({ status: 'ok' });
  const facts = recorder.finish('0').observations.map((o) => o.fact);
  return { file, waits: facts.flatMap((f) => (f.type === 'goroutines' ? [`${f.wait} ${f.minutes}`] : [])) };
}

test('the stacks that dockerd and containerd write when asked are read from where each puts them', async () => {
  const docker = '/srv/exec/goroutine-stacks-2026-11-24T060000Z.log';
  assert.deepEqual(await read(written(docker, ASKED), daemon('dockerd', ['dockerd', '--exec-root', '/srv/exec'])), {
    file: docker,
    waits: ['semacquire 34'],
  });
  const containerd = '/tmp/containerd.7.stacks.log';
  assert.equal((await read(written(containerd, ASKED), daemon('containerd'))).file, containerd);
});

test('a file of another time, or of another process, is not taken for the answer', async () => {
  const old = written('/tmp/containerd.7.stacks.log', ASKED - 3_600_000);
  assert.deepEqual(await read(old, daemon('containerd')), { file: null, waits: [] });
  const other = written('/tmp/containerd.70.stacks.log', ASKED);
  assert.deepEqual(await read(other, daemon('containerd')), { file: null, waits: [] });
});
