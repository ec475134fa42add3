import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, CONTAINERD, DOCKER, idOf } from '../../test/support/case.ts';
import { healthyDocker, stoppedContainerd, stoppedDockerd, stoppedShim } from '../../test/support/incidents.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { containerStatusHung } from './container-status-hung.ts';
import { runtimeDown } from './runtime-down.ts';
import { runtimeUnresponsive } from './runtime-unresponsive.ts';
import { tooManyContainers } from './too-many-containers.ts';

function assess(cause: Cause, given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = cause.assess(view);
  return { ...assessment, remedies: cause.remedies(view, assessment) };
}

const works = (found: ReturnType<typeof assess>) => found.remedies.filter((r) => r.works).map((r) => r.action);

test('of two containers that hang behind stopped shims both shims are named', () => {
  const two = stoppedShim()
    .container('hung-2', { pid: 3300, pod: 'web-0', status: 'timeout' })
    .shim(3250, 'hung-2', { state: 'T' });
  const { status, summary } = assess(containerStatusHung, two);
  assert.equal(status, 'confirmed');
  assert.match(summary?.en ?? '', /their shims hang \(pid 3000 stopped \(T\), 3250 stopped \(T\)\)/);
  assert.match(summary?.zh ?? '', /3000 被停住（T）、3250 被停住（T）/);
});

test('status hung: the shim’s state proves it; without it other containers’ answers do', () => {
  assert.partialDeepStrictEqual(assess(containerStatusHung, stoppedShim()), { status: 'confirmed', confidence: 0.97 });
  const found = assess(containerStatusHung, healthyDocker().container('hung', { status: 'timeout' }));
  assert.partialDeepStrictEqual(found, { status: 'confirmed', confidence: 0.85 });
  assert.deepEqual(works(found), ['restart-runtime', 'reboot']);
});

test('status hung: where most status calls hang it is likely only', () => {
  const found = assess(
    containerStatusHung,
    aCase()
      .engine()
      .answers()
      .container('a', { status: 'timeout' })
      .container('b', { status: 'timeout' })
      .container('c'),
  );
  assert.equal(found.status, 'likely');
});

test('status hung: a shim that is gone while the process lives on is told', () => {
  const found = assess(
    containerStatusHung,
    healthyDocker().container('hung', { pid: 8, status: 'timeout' }).process(8, { adopted: true }),
  );
  assert.equal(found.status, 'confirmed');
  assert.ok(found.evidence.some((e) => /Its shim is gone/.test(e.text.en)));
});

test('status hung: a stopped shim whose status still answers is likely trouble, and the answer is cited against', () => {
  const found = assess(containerStatusHung, healthyDocker().shim(77, 'app0', { state: 'T' }));
  assert.equal(found.status, 'likely');
  assert.ok(found.against.length > 0);
});

test('status hung: a shim in T at a glance only is no evidence', () => {
  assert.equal(
    assess(containerStatusHung, healthyDocker().shim(77, 'app0', { state: 'T', lasting: false })).status,
    'ruled-out',
  );
});

test('status hung: when the list hangs as well it is the runtime', () => {
  const given = aCase().engine().hangs().container('a', { status: 'timeout' });
  assert.equal(assess(containerStatusHung, given).status, 'not-examined');
  assert.equal(assess(runtimeUnresponsive, given).status, 'confirmed');
});

test('unresponsive: version and list both hang', () => {
  const found = assess(runtimeUnresponsive, aCase().engine().hangs());
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(works(found), ['dump-stacks', 'restart-runtime', 'reboot']);
});

test('unresponsive: a socket that speaks CRI and containerd’s own API is named once', () => {
  const found = assess(runtimeUnresponsive, aCase().engine('cri').hangs().engine('containerd').hangs());
  assert.equal(found.summary?.en, `The runtime behind ${CONTAINERD} does not answer at all.`);
});

test('unresponsive: one call that hangs while others answer is likely', () => {
  assert.equal(
    assess(runtimeUnresponsive, aCase().engine().call('version', 'ok').call('list', 'timeout')).status,
    'likely',
  );
  assert.equal(
    assess(runtimeUnresponsive, aCase().engine().call('version', 'timeout').call('list', 'ok')).status,
    'ruled-out',
  );
});

test('unresponsive: a daemon blocked in D is not cured by a restart', () => {
  const dockerd = entityId.process(700);
  const found = assess(
    runtimeUnresponsive,
    stoppedDockerd()
      .stuckThread(700, 701, { stack: ['io_schedule'] })
      .link(entityId.component('dockerd', 700), 'is-process', dockerd),
  );
  assert.equal(found.remedies.find((r) => r.action === 'restart-runtime')?.works, false);
});

test('unresponsive: CRI-O and containerd alike', () => {
  assert.equal(
    assess(runtimeUnresponsive, aCase().engine('cri', 'unix:///run/crio/crio.sock').hangs()).status,
    'confirmed',
  );
  assert.match(assess(runtimeUnresponsive, stoppedContainerd()).summary?.en ?? '', /containerd/);
});

test('unresponsive: a host without a runtime rules it out, one not looked at does not', () => {
  assert.equal(assess(runtimeUnresponsive, aCase().gap('docker', 'absent').gap('cri', 'absent')).status, 'ruled-out');
  assert.equal(assess(runtimeUnresponsive, aCase().gap('docker').gap('cri')).status, 'not-examined');
});

const absent = (because: 'shims-left' | 'socket-file' | 'endpoint-given', given = aCase()) =>
  given.fact({ type: 'component-absent', name: 'containerd', expectedBecause: because, detail: '3 shims' }, [
    entityId.component('containerd', null),
  ]);

test('down: shims without their daemon', () => {
  const found = assess(runtimeDown, absent('shims-left'));
  assert.equal(found.status, 'confirmed');
  assert.equal(found.remedies[0]?.command, 'systemctl start containerd');
});

test('down: an endpoint that was given and is not there may be mistyped', () => {
  const found = assess(runtimeDown, absent('endpoint-given'));
  assert.equal(found.status, 'likely');
  assert.match(found.summary?.en ?? '', /or the path is mistyped/);
});

test('down: a leftover socket file counts only where no other runtime answers', () => {
  assert.equal(assess(runtimeDown, absent('socket-file')).status, 'confirmed');
  assert.equal(assess(runtimeDown, absent('socket-file', healthyDocker())).status, 'possible');
});

test('down: a refused connection', () => {
  const refused = { errorCode: 'ECONNREFUSED', error: 'connect ECONNREFUSED' };
  assert.equal(assess(runtimeDown, aCase().engine().call('connect', 'error', refused)).status, 'confirmed');
  assert.equal(
    assess(runtimeDown, aCase().engine().call('version', 'error', { errorCode: 'EACCES' })).status,
    'not-examined',
  );
});

test('down: a unit that systemd keeps restarting is likely', () => {
  const unit = {
    unit: 'docker.service',
    activeState: 'activating',
    subState: 'auto-restart',
    result: 'exit-code',
    restarts: 9,
    activeSince: null,
    mainPid: null,
  };
  const found = assess(runtimeDown, aCase().fact({ type: 'unit', ...unit }, [entityId.component('dockerd', null)]));
  assert.equal(found.status, 'likely');
});

test('down: a zombie daemon is a leftover where another of its name runs or its endpoint answers', () => {
  const zombie = (given = aCase()) => given.component('dockerd', 690, { state: 'Z' });
  assert.equal(assess(runtimeDown, zombie()).status, 'confirmed');
  assert.equal(assess(runtimeDown, zombie(healthyDocker())).status, 'ruled-out');
  assert.equal(assess(runtimeDown, zombie(aCase().engine().answers())).status, 'ruled-out');
  assert.equal(assess(runtimeDown, zombie(aCase().engine().hangs())).status, 'confirmed');
});

test('down: a containerd is not replaced by one that something else has started, which may be all that is needed', () => {
  const containerd = (startedBy: number | null) =>
    healthyDocker().component('containerd', 640, { state: 'Z', startedBy });
  assert.equal(assess(runtimeDown, containerd(700)).status, 'ruled-out');
  assert.equal(assess(runtimeDown, containerd(null)).status, 'likely');
});

test('down: a dockerd that is gone is named beside its containerd, which it took along and nobody has reaped', () => {
  const given = aCase()
    .component('containerd', 640, { state: 'Z' })
    .fact({ type: 'component-absent', name: 'dockerd', expectedBecause: 'shims-left', detail: '2 shims' }, [
      entityId.component('dockerd', null),
    ]);
  const found = assess(runtimeDown, given);
  assert.deepEqual(found.subjects.slice(0, 2), [
    entityId.component('dockerd', null),
    entityId.component('containerd', 640),
  ]);
});

test('status hung: a dead shim is not killed again; the runtime finds it gone when it starts', () => {
  const found = assess(
    containerStatusHung,
    aCase()
      .engine('cri', CONTAINERD)
      .answers()
      .component('containerd', 650, { listensOn: ['/run/containerd/containerd.sock'] })
      .container('hung', { status: 'timeout' })
      .shim(3000, 'hung', { state: 'Z' }),
  );
  assert.deepEqual(works(found), ['restart-runtime', 'reboot']);
  assert.equal(found.remedies[0]?.command, 'systemctl restart containerd');
});

test('down: a daemon that runs and answers rules it out', () => {
  assert.equal(assess(runtimeDown, healthyDocker()).status, 'ruled-out');
});

const slowContainers = (n: number, tookMs: number) => {
  const engine = entityId.engine('docker', DOCKER);
  const it = aCase().engine().answers();
  for (let i = 0; i < n; i += 1) it.call('status', 'ok', { tookMs }, [entityId.container(idOf(`c${i}`))]);
  return it.fact({ type: 'container-counts', total: n, byState: {}, pods: n }, [engine]);
};

test('too many: the sum of the measured latencies decides, and the ceiling is told', () => {
  assert.equal(assess(tooManyContainers, slowContainers(400, 500)).status, 'likely');
  assert.equal(assess(tooManyContainers, slowContainers(400, 500).kubelet('v1.34.0', 90_000)).status, 'confirmed');
  assert.equal(assess(tooManyContainers, slowContainers(200, 500)).status, 'possible');
  const fine = assess(tooManyContainers, slowContainers(100, 10));
  assert.equal(fine.status, 'ruled-out');
  assert.match(
    fine.against[0]?.text.en ?? '',
    /would take about 1s; the 3m limit is reached at about 17999 containers/,
  );
});

test('too many: a hung status call is not a slow one', () => {
  assert.equal(assess(tooManyContainers, stoppedShim()).status, 'ruled-out');
});

test('too many: nothing measured, nothing said', () => {
  assert.equal(assess(tooManyContainers, aCase().engine('cri', CONTAINERD).hangs()).status, 'not-examined');
});

test('a call that was given half a second says little: the host may only be slow', () => {
  const hurried = { deadlineMs: 567 };
  const engine = () => aCase().engine().call('version', 'timeout', hurried).call('list', 'timeout', hurried);
  assert.equal(assess(runtimeUnresponsive, engine()).status, 'possible');
  assert.equal(
    assess(runtimeUnresponsive, engine().component('dockerd', 7, { state: 'T', listensOn: ['/run/docker.sock'] }))
      .status,
    'confirmed',
  );
  const status = aCase()
    .engine()
    .answers()
    .container('a')
    .call('status', 'timeout', hurried, [entityId.container(idOf('b'))]);
  assert.notEqual(assess(containerStatusHung, status).status, 'confirmed');
});

test('status hung: containerd’s list of tasks hangs on one stopped shim while the CRI answers from memory', () => {
  const cri = () =>
    aCase()
      .engine('cri', CONTAINERD)
      .answers()
      .container('app')
      .engine('containerd', CONTAINERD)
      .call('version', 'ok')
      .call('tasks', 'timeout');
  const found = assess(containerStatusHung, cri().shim(77, 'app', { state: 'T' }));
  assert.equal(found.status, 'confirmed');
  assert.ok(found.against.length > 0, 'the CRI’s answers are cited');
  assert.equal(assess(runtimeUnresponsive, cri()).status, 'ruled-out');
  assert.equal(assess(containerStatusHung, cri()).status, 'likely');
});

const DOCKERSHIM = 'unix:///var/run/dockershim.sock';

test('unresponsive: a dockershim that is silent while dockerd lists is the kubelet’s affair', () => {
  const found = assess(runtimeUnresponsive, healthyDocker().engine('cri', DOCKERSHIM).hangs());
  assert.equal(found.status, 'ruled-out');
});

test('unresponsive: a silent dockershim alone may be a kubelet that hangs', () => {
  assert.equal(assess(runtimeUnresponsive, aCase().engine('cri', DOCKERSHIM).hangs()).status, 'likely');
  assert.equal(assess(runtimeUnresponsive, aCase().engine('cri', CONTAINERD).hangs()).status, 'confirmed');
});

test('down: shims are left of a containerd that may be the one whose sockets could not be seen', () => {
  const absent = {
    type: 'component-absent',
    name: 'containerd',
    expectedBecause: 'shims-left',
    detail: '1 shim(s) left',
  } as const;
  const about = [entityId.component('containerd', null)];
  const unseen = aCase().engine().answers().component('containerd', 650, { listensOn: [] }).fact(absent, about);
  assert.notEqual(assess(runtimeDown, unseen).status, 'confirmed');
  assert.equal(assess(runtimeDown, aCase().engine().answers().fact(absent, about)).status, 'confirmed');
});
