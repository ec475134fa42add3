import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineClock } from '../formats/dates.ts';
import { readGoroutines } from './goroutines.ts';

const CLOCK: LineClock = { now: 0, years: 'past', zone: 0 };
// A dockerd 18.09 whose container is locked by a kill that waits for its exit; inspect waits for that lock.
const DUMP = `goroutine 1 [chan receive, 2031 minutes]:
main.(*DaemonCli).start(0xc420532000, 0x0, 0x0)
	/go/src/github.com/docker/docker/cmd/dockerd/daemon.go:312 +0x1234

goroutine 4711 [semacquire, 34 minutes]:
sync.runtime_SemacquireMutex(0xc4212f2124, 0x0)
	/usr/local/go/src/runtime/sema.go:71 +0x3d
sync.(*Mutex).Lock(0xc4212f2120)
	/usr/local/go/src/sync/mutex.go:134 +0xee
github.com/docker/docker/daemon.(*Daemon).ContainerInspectCurrent(0xc42056a000, 0xc421f8c000, 0x40, 0x0, 0x0, 0x0)
	/go/src/github.com/docker/docker/daemon/inspect.go:40 +0x8e
github.com/docker/docker/api/server/router/container.(*containerRouter).getContainersByName(0xc420a7c0c0)
	/go/src/github.com/docker/docker/api/server/router/container/inspect.go:15 +0x119
created by net/http.(*Server).Serve
	/usr/local/go/src/net/http/server.go:2720 +0x288

goroutine 4712 [semacquire, 12 minutes]:
sync.(*Mutex).Lock(0xc4212f2120)
	/usr/local/go/src/sync/mutex.go:134 +0xee
github.com/docker/docker/daemon.(*Daemon).ContainerInspectCurrent(0xc42056a000, 0xc421f8c000, 0x40, 0x0, 0x0, 0x0)
	/go/src/github.com/docker/docker/daemon/inspect.go:40 +0x8e
github.com/docker/docker/api/server/router/container.(*containerRouter).getContainersByName(0xc420a7c0c0)
	/go/src/github.com/docker/docker/api/server/router/container/inspect.go:15 +0x119

goroutine 77 [running]:
main.dump(0x1)
	/x.go:1
the next line of the log`;

test('goroutines that wait for one lock are told together, first, with their function', () => {
  const block = readGoroutines(DUMP.split('\n'), 0, CLOCK);
  assert.equal(block?.taken, DUMP.split('\n').length - 1);
  const facts = block.statements.map((s) => s.fact(0, 0));
  assert.partialDeepStrictEqual(facts[0], { wait: 'semacquire', minutes: 34, count: 2, waitsForLock: true });
  assert.match(facts[0]?.type === 'goroutines' ? (facts[0].stack[0] ?? '') : '', /ContainerInspectCurrent$/);
  assert.equal(block.statements[0]?.about[0], 'component:dockerd@absent');
  assert.equal(facts.length, 2);
});

test('no text makes it throw or take nothing', () => {
  const line = fc.oneof(fc.constantFrom(...DUMP.split('\n')), fc.string());
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const block = readGoroutines(lines, 0, CLOCK);
      return block === null || (block.taken >= 1 && block.taken <= lines.length);
    }),
  );
});

// The shape of a containerd 1.7 whose update of a container waits for its shim with the status locked.
const HELD = `goroutine 800 [select, 9 minutes]:
github.com/containerd/ttrpc.(*Client).dispatch(0xc000a1c000, {0x1, 0xc00055a000}, 0xc000c1, 0xc000d1)
	/v/client.go:545 +0x18c
github.com/containerd/containerd/pkg/cri/server.(*criService).updateContainerResources(0xc0003aaa00, {0x1, 0x2})
	/v/container_update_resources.go:87 +0x1
github.com/containerd/containerd/pkg/cri/store/container.(*statusStorage).UpdateSync(0xc004000c00, 0xc000e1)
	/v/status.go:220 +0x7f

goroutine 45150 [sync.RWMutex.RLock, 8 minutes]:
sync.runtime_SemacquireRWMutexR(0xc004000c0c?, 0x27?, 0x17ea2e62b2b63d22?)
	runtime/sema.go:82 +0x25
sync.(*RWMutex).RLock(...)
	sync/rwmutex.go:71
github.com/containerd/containerd/pkg/cri/store/container.(*statusStorage).Get(0xc004000c00)
	/v/status.go:205 +0x7f
github.com/containerd/containerd/pkg/cri/server.(*criService).ListContainers(0xc0003aaa00, {0x1, 0x2}, 0xc001d1a3e0)
	/v/container_list.go:29 +0x1

goroutine 900 [semacquire, 30 minutes]:
sync.runtime_Semacquire(0xc0213212f8)
	/usr/local/go/src/runtime/sema.go:56 +0x39
sync.(*WaitGroup).Wait(0xc0213212f0)
	/usr/local/go/src/sync/waitgroup.go:130 +0x64
github.com/containerd/containerd/cmd/containerd.main(0x1)
	/v/main.go:1 +0x1`;

test('who works on the locked object and waits for something else may hold the lock; a WaitGroup is none', () => {
  const facts = readGoroutines(HELD.split('\n'), 0, CLOCK)?.statements.map((s) => s.fact(0, 0)) ?? [];
  const told = facts.flatMap((f) => (f.type === 'goroutines' ? [[f.minutes, f.waitsForLock, f.holdsLock]] : []));
  assert.deepEqual(told, [
    [9, false, true],
    [8, true, false],
    [30, false, false],
  ]);
});
