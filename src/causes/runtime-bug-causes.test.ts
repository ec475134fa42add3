import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf, NOW } from '../../test/support/case.ts';
import { healthyDocker } from '../../test/support/incidents.ts';
import { diagnoseTexts } from '../../test/support/text-case.ts';
import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { execProbePileup } from './exec-probe-pileup.ts';
import { kubeletBug } from './kubelet-bug.ts';
import { ociRuntimeHung } from './oci-runtime-hung.ts';
import { runtimeDeadlock } from './runtime-deadlock.ts';

function assess(cause: Cause, given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = cause.assess(view);
  return { ...assessment, remedies: cause.remedies(view, assessment) };
}

const MINUTE = 60_000;
type Stack = Partial<Omit<FactOf<'goroutines'>, 'type'>>;

const stacks = (given: CaseBuilder, name: 'dockerd' | 'containerd' | 'kubelet', changes: Stack) =>
  given.fact(
    { type: 'goroutines', wait: 'semacquire', minutes: 19, count: 3, stack: [], waitsForLock: false, ...changes },
    [entityId.component(name, null)],
  );
const software = (given: CaseBuilder, name: FactOf<'software'>['name'], version: string) =>
  given.fact({ type: 'software', name, version }, [entityId.node()]);

const IS_RUNNING = ['github.com/docker/docker/container.(*State).IsRunning'];
const locked = () => stacks(aCase(), 'dockerd', { waitsForLock: true, stack: IS_RUNNING });

test('deadlock: goroutines that have waited for a lock for minutes, while nothing outside is waited for', () => {
  assert.equal(assess(runtimeDeadlock, locked()).status, 'likely');
  const short = stacks(aCase(), 'dockerd', { waitsForLock: true, stack: IS_RUNNING, minutes: 1 });
  assert.equal(assess(runtimeDeadlock, short).status, 'not-examined');
});

test('deadlock: a lock that is held while a shim is waited for is no bug of the daemon', () => {
  const holder = [
    'github.com/containerd/ttrpc.(*Client).dispatch',
    'github.com/docker/docker/daemon.(*Daemon).ContainerStop',
  ];
  const found = assess(
    runtimeDeadlock,
    stacks(locked(), 'dockerd', { wait: 'select', holdsLock: true, stack: holder }),
  );
  assert.equal(found.status, 'possible');
  assert.match(found.summary?.en ?? '', /waits for a shim/);
});

const DATASTORE = ['github.com/docker/libnetwork/datastore.(*datastore).PutObjectAtomic'];
const libnetwork = () => stacks(aCase(), 'dockerd', { waitsForLock: true, stack: DATASTORE });
const upgrades = (found: ReturnType<typeof assess>) => found.remedies.filter((r) => r.action === 'upgrade-dockerd');

test('deadlock: version and stack agree on a known bug: confirmed, and the upgrade works', () => {
  const found = assess(runtimeDeadlock, software(libnetwork(), 'dockerd', '1.12.1'));
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(
    upgrades(found).map((r) => r.works),
    [true],
  );
});

test('deadlock: the stack without the version is likely; a version with the fix makes it another bug', () => {
  assert.equal(assess(runtimeDeadlock, libnetwork()).status, 'likely');
  const fixed = assess(runtimeDeadlock, software(libnetwork(), 'dockerd', '1.13.1'));
  assert.equal(fixed.status, 'likely');
  assert.doesNotMatch(fixed.summary?.en ?? '', /known/);
  assert.deepEqual(upgrades(fixed), []);
});

test('deadlock: a version alone, with calls that hang, is possible; with none that hang it is nothing', () => {
  const hanging = software(aCase().engine().hangs(), 'dockerd', '1.12.1');
  const found = assess(runtimeDeadlock, hanging);
  assert.equal(found.status, 'possible');
  assert.ok(upgrades(found).every((r) => !r.works));
  assert.equal(assess(runtimeDeadlock, software(healthyDocker(), 'dockerd', '1.12.1')).status, 'ruled-out');
});

test('deadlock: read from a dump in a log of dockerd, it is the verdict over the daemon that does not answer', () => {
  const dump = [
    'goroutine 82238 [semacquire, 19 minutes]:',
    'sync.(*Mutex).Lock(0xc820354f50)',
    '\t/usr/lib/go1.6/src/sync/mutex.go:83 +0x1c4',
    'github.com/docker/docker/container.(*State).IsRunning(0xc820354f50, 0xc821841817)',
    '\t/src/github.com/docker/docker/container/state.go:159 +0x28',
    'github.com/docker/docker/daemon.(*Daemon).ContainerStop(0xc820414000, 0xc821841817)',
    '\t/src/github.com/docker/docker/daemon/stop.go:24 +0xa8',
  ].map((line) => `Oct 27 15:20:24 h dockerd[1748]: ${line}`);
  const kubelet =
    'Oct 27 15:20:20 h kubelet[99]: E1027 15:20:20.139967    99 kubelet.go:1846] skipping pod synchronization - [container runtime is down]';
  const { verdict } = diagnoseTexts([kubelet, ...dump].join('\n'));
  assert.equal(verdict?.cause, 'runtime-deadlock');
});

const runcExec = (given: CaseBuilder, pid: number, ageMs: number) =>
  given.process(pid, {
    ppid: 1000,
    comm: 'runc',
    cmdline: `runc --root /run/runc --log x exec --process /tmp/p --detach --pid-file /x.pid ${idOf('app0')}`,
    startedAt: NOW - ageMs,
  });

test('runc: an exec that does not end, with the status of its container hung: kill that one', () => {
  const found = assess(
    ociRuntimeHung,
    runcExec(healthyDocker().container('app0', { status: 'timeout' }), 5000, 60 * MINUTE),
  );
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(found.subjects.slice(0, 2), [entityId.container(idOf('app0')), entityId.process(5000)]);
  assert.equal(found.remedies.find((r) => r.action === 'kill-oci-runtime')?.command, 'kill -9 5000');
});

test('runc: one that is merely under way is none, and neither is one that a person runs', () => {
  assert.equal(assess(ociRuntimeHung, runcExec(healthyDocker(), 5000, 400)).status, 'ruled-out');
  const byHand = { comm: 'runc', cmdline: 'runc exec -t app sh', startedAt: NOW - 60 * MINUTE };
  assert.equal(assess(ociRuntimeHung, healthyDocker().process(5000, byHand)).status, 'ruled-out');
  const run = { comm: 'runc', cmdline: 'runc run app', startedAt: NOW - 60 * MINUTE };
  assert.equal(assess(ociRuntimeHung, healthyDocker().process(5000, run)).status, 'ruled-out');
});

test('runc: one that sleeps in the kernel, and the one that waits for it, are held by what that waits for', () => {
  const given = runcExec(healthyDocker(), 5000, 60 * MINUTE).process(5001, {
    ppid: 5000,
    comm: 'runc:[2:INIT]',
    cmdline: 'runc init',
    state: 'D',
    startedAt: NOW - 60 * MINUTE,
  });
  assert.equal(assess(ociRuntimeHung, given).status, 'ruled-out');
});

test('runc: a container that stays in Created and whose status hangs was given to a runc that did not return', () => {
  const created = (status: 'ok' | 'timeout') => healthyDocker().container('new', { state: 'created', status });
  assert.equal(assess(ociRuntimeHung, created('timeout')).status, 'likely');
  assert.equal(assess(ociRuntimeHung, created('ok')).status, 'ruled-out');
});

test('runc 1.0.0-rc93 and starts that time out: a known bug; the version alone is only possible', () => {
  const line = 'StartContainer "8069" from runtime service failed: rpc error: code = DeadlineExceeded';
  const timedOut = () =>
    aCase().logged('runtime-call-timeout', MINUTE, { line, call: 'StartContainer', error: 'deadline' });
  const found = assess(ociRuntimeHung, software(timedOut(), 'runc', '1.0.0-rc93'));
  assert.equal(found.status, 'confirmed');
  assert.equal(found.remedies.find((r) => r.action === 'upgrade-runc')?.works, true);
  assert.equal(assess(ociRuntimeHung, software(timedOut(), 'runc', '1.0.0-rc95')).status, 'possible');
  const only = assess(ociRuntimeHung, software(aCase().engine().hangs(), 'runc', '1.0.0-rc93'));
  assert.equal(only.status, 'possible');
  assert.ok(only.remedies.filter((r) => r.action === 'upgrade-runc').every((r) => !r.works));
});

const execs = (n: number, given = healthyDocker()) =>
  Array.from({ length: n }, (_, i) => 6000 + i).reduce((it, pid) => runcExec(it, pid, 5000), given);

test('execs: many under way at once pile up, a few do not', () => {
  const hung = () => healthyDocker().container('app0', { status: 'timeout' });
  assert.equal(assess(execProbePileup, execs(40, hung())).status, 'confirmed');
  assert.equal(assess(execProbePileup, execs(40)).status, 'likely');
  assert.equal(assess(execProbePileup, execs(3)).status, 'ruled-out');
});

test('execs: that probes time out is likely where nothing else does and Ready is lost', () => {
  const timeouts = (n: number) =>
    Array.from({ length: n }).reduce<CaseBuilder>((it) => it.logged('exec-timeout', MINUTE), aCase());
  assert.equal(assess(execProbePileup, timeouts(6)).status, 'possible');
  assert.equal(assess(execProbePileup, timeouts(6).ready('False', MINUTE)).status, 'likely');
  const all = timeouts(6).ready('False', MINUTE).logged('runtime-call-timeout', MINUTE);
  assert.equal(assess(execProbePileup, all).status, 'possible');
});

test('execs: many goroutines of containerd in ExecSync', () => {
  const stack = ['github.com/containerd/containerd/pkg/cri/server.(*criService).ExecSync'];
  const given = stacks(aCase(), 'containerd', { wait: 'select', count: 900, stack }).logged('pleg-unhealthy', MINUTE);
  assert.equal(assess(execProbePileup, given).status, 'confirmed');
});

const panicked = (given: CaseBuilder, agoMs = MINUTE) =>
  given.logged('kubelet-panicked', agoMs, {
    line: 'Observed a panic: "invalid memory address or nil pointer dereference"',
  });

test('kubelet: a panic again and again is a bug; with a known one at its version, that', () => {
  assert.equal(assess(kubeletBug, panicked(panicked(aCase()), 2 * MINUTE)).status, 'likely');
  const found = assess(kubeletBug, software(panicked(aCase()), 'kubelet', 'v1.18.0'));
  assert.equal(found.status, 'confirmed');
  assert.match(found.summary?.en ?? '', /upgrade the kubelet to 1\.18\.3/);
  assert.equal(assess(kubeletBug, aCase()).status, 'not-examined');
});

test('kubelet: its own loops wait for a lock while the runtime answers', () => {
  const stack = ['k8s.io/kubernetes/vendor/github.com/google/cadvisor/manager.(*manager).getContainersDiff'];
  const cadvisor = (given: CaseBuilder) => stacks(given, 'kubelet', { waitsForLock: true, minutes: 219, stack });
  assert.equal(assess(kubeletBug, cadvisor(aCase())).status, 'likely');
  assert.equal(assess(kubeletBug, cadvisor(aCase().engine().hangs())).status, 'possible');
});
