import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf } from '../../test/support/case.ts';
import { adoptedZombie, healthyDocker, pausedContainer } from '../../test/support/incidents.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { unkillableProcess } from './unkillable-process.ts';
import { zombieNotReaped } from './zombie-not-reaped.ts';

function assess(cause: Cause, given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = cause.assess(view);
  return { ...assessment, remedies: cause.remedies(view, assessment) };
}

const zombieUnder = (shim: string, threads = 1) =>
  healthyDocker()
    .container('gone', { pid: 5000 })
    .shim(4990, 'gone', { state: shim })
    .process(5000, { ppid: 4990, state: 'Z', threads });

test('a zombie under a stopped shim: resume the shim, then it is reaped', () => {
  const found = assess(zombieNotReaped, zombieUnder('T'));
  assert.equal(found.status, 'confirmed');
  assert.ok(found.subjects.includes(entityId.shim(4990)));
  assert.deepEqual(found.remedies.map((r) => [r.action, r.works]).slice(0, 2), [
    ['resume-shim', true],
    ['kill-shim', true],
  ]);
});

test('a zombie whose parent looks sound is likely only', () => {
  assert.equal(assess(zombieNotReaped, zombieUnder('S')).status, 'likely');
});

test('a zombie that PID 1 leaves lying holds nobody up once the runtime has the exit', () => {
  const leftTo1 = (state: 'running' | 'exited') =>
    healthyDocker()
      .container('gone', { state })
      .process(5000, { ppid: 1, state: 'Z', adopted: true })
      .link(entityId.process(5000), 'in-container', entityId.container(idOf('gone')));
  assert.equal(assess(zombieNotReaped, leftTo1('running')).status, 'likely');
  const found = assess(zombieNotReaped, leftTo1('exited'));
  assert.equal(found.status, 'ruled-out');
  assert.match(found.against[0]?.text.en ?? '', /Zombie 5000 .* the runtime has its exit/);
});

test('a zombie seen once is about to be reaped', () => {
  const found = assess(
    zombieNotReaped,
    healthyDocker().container('gone', { pid: 5000 }).process(5000, { state: 'Z', lasting: false }),
  );
  assert.equal(found.status, 'ruled-out');
});

test('a zombie with threads in D is held by them: no parent is to blame', () => {
  const found = assess(zombieNotReaped, adoptedZombie());
  assert.equal(found.status, 'ruled-out');
  assert.match(found.against[0]?.text.en ?? '', /held by 1 thread of its own in D/);
});

test('a zombie leader that counts threads nobody saw is not called unreaped', () => {
  assert.notEqual(assess(zombieNotReaped, zombieUnder('T', 3)).status, 'confirmed');
});

test('without the process table zombies are not examined', () => {
  const found = assess(zombieNotReaped, aCase().gap('processes'));
  assert.equal(found.status, 'not-examined');
  assert.deepEqual(
    found.missing.map((m) => m.topic),
    ['processes'],
  );
});

test('a thread in D of which nothing more is known makes the process unkillable, with no guess', () => {
  const found = assess(unkillableProcess, healthyDocker().process(2000).stuckThread(2000, 2001));
  assert.equal(found.status, 'confirmed');
  assert.match(found.summary?.en ?? '', /what they wait for is not shown/);
  assert.deepEqual(
    found.missing.map((m) => m.topic),
    ['kernel-stacks'],
  );
  assert.deepEqual(
    found.remedies.filter((r) => r.works).map((r) => r.action),
    ['reboot'],
  );
});

test('a kernel function that is no storage is named', () => {
  const found = assess(
    unkillableProcess,
    healthyDocker()
      .process(2000)
      .stuckThread(2000, 2001, { stack: ['msleep', 'netdev_run_todo'] }),
  );
  assert.match(found.summary?.en ?? '', /\(in msleep\)/);
});

test('a lock that a thread waits for is likely until a failed kill or the kernel’s complaint proves it', () => {
  const locked = () =>
    healthyDocker()
      .process(2000)
      .stuckThread(2000, 2001, { stack: ['rwsem_down_read_slowpath', 'do_exit'] });
  assert.equal(assess(unkillableProcess, locked()).status, 'likely');
  assert.equal(
    assess(unkillableProcess, locked().kernel('hung-task', 30_000, { pid: 2001, seconds: 120 })).status,
    'confirmed',
  );
  assert.equal(assess(unkillableProcess, locked().process(2000, { state: 'Z', threads: 2 })).status, 'confirmed');
});

test('threads whose storage is known are that cause’s, not this one’s', () => {
  const found = assess(unkillableProcess, adoptedZombie());
  assert.equal(found.status, 'ruled-out');
});

test('paused tasks, passing D and vfork are no trouble', () => {
  for (const given of [
    pausedContainer(),
    healthyDocker().process(2000).stuckThread(2000, 2001, { stuck: false }),
    healthyDocker()
      .process(2000)
      .stuckThread(2000, 2000, { stack: ['wait_for_vfork_done', 'kernel_clone'] }),
    healthyDocker().process(666).stuckThread(666, 666, { wchan: 'some_driver_thread' }),
  ]) {
    assert.equal(assess(unkillableProcess, given).status, 'ruled-out');
  }
});

test('a container frozen by its cgroup is no trouble, whatever its tasks were doing', () => {
  const cgroup = entityId.cgroup('/docker/x');
  const given = healthyDocker()
    .process(2000)
    .stuckThread(2000, 2001, { wchan: 'do_sys_poll' })
    .link(entityId.process(2000), 'in-cgroup', cgroup)
    .fact({ type: 'cgroup-frozen', state: 'frozen' }, [cgroup]);
  assert.equal(assess(unkillableProcess, given).status, 'ruled-out');
});

test('a thread in D of a container is no proof where the freezer’s state was not seen', () => {
  const stuck = () => healthyDocker().container('idle', { pid: 5000 }).process(5000).stuckThread(5000, 5001);
  assert.equal(assess(unkillableProcess, stuck()).status, 'confirmed');
  assert.equal(assess(unkillableProcess, stuck().gap('cgroups', 'failed', true)).status, 'likely');
});
