import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf } from '../../../test/support/case.ts';
import { DATA, HOST_DATA } from '../../../test/support/incidents.ts';
import { type EntityId, entityId } from '../../evidence/entity.ts';
import { CaseView } from '../../evidence/view.ts';
import { connected, containersOf, isPaused } from './kin.ts';

const container = (name: string) => entityId.container(idOf(name));

const linked = (given: CaseBuilder, a: EntityId, b: EntityId) =>
  connected(new CaseView(given.build()), { subjects: [a] }, { subjects: [b] });

test('a mount is connected with the container whose thread waits on it, and with the device’s other mounts', () => {
  const given = aCase().container('a', { pid: 10 }).mount(DATA).mount(HOST_DATA).stuckThread(10, 11, {}, DATA);
  assert.ok(linked(given, DATA, container('a')));
  assert.ok(linked(given, HOST_DATA, container('a')));
});

test('two containers of one engine have no fault in common for that', () => {
  const given = aCase().engine().container('a', { pid: 10 }).container('b', { pid: 20 });
  assert.ok(!linked(given, container('a'), container('b')));
});

test('containers under one shim, as of a pod under CRI, are connected', () => {
  const given = aCase().container('a').container('b').shim(5, 'a').link(entityId.shim(5), 'supervises', container('b'));
  assert.ok(linked(given, container('a'), container('b')));
});

test('filesystems on partitions of one disk are not one', () => {
  const [a, b] = [entityId.mount('host', '8:1', '/a'), entityId.mount('host', '8:2', '/b')];
  const disk = entityId.device('8:0');
  const given = aCase()
    .mount(a)
    .mount(b)
    .link(entityId.device('8:1'), 'on-device', disk)
    .link(entityId.device('8:2'), 'on-device', disk);
  assert.ok(!linked(given, a, b));
});

test('a process is placed by its cgroup, and only where that is silent by the shim above it', () => {
  const ofPod = () =>
    aCase()
      .container('a')
      .container('b')
      .shim(5, 'a')
      .link(entityId.shim(5), 'supervises', container('b'))
      .process(9, { ppid: 5 });
  const placed = (given: CaseBuilder) => containersOf(new CaseView(given.build()), entityId.process(9));
  assert.deepEqual(placed(ofPod()), [container('a'), container('b')]);
  assert.deepEqual(placed(ofPod().link(entityId.process(9), 'in-container', container('b'))), [container('b')]);
});

test('paused is told by the runtime, by containerd’s task and by the freezer alike', () => {
  const cgroup = entityId.cgroup('/x');
  const ways = [
    aCase().container('a', { state: 'paused' }),
    aCase()
      .container('a')
      .fact({ type: 'task', namespace: 'moby', containerId: idOf('a'), pid: 1, status: 'PAUSED' }, [container('a')]),
    aCase()
      .container('a')
      .link(container('a'), 'in-cgroup', cgroup)
      .fact({ type: 'cgroup-frozen', state: 'frozen' }, [cgroup]),
  ];
  for (const given of ways) assert.ok(isPaused(new CaseView(given.build()), container('a')));
  assert.ok(!isPaused(new CaseView(aCase().container('a').build()), container('a')));
});
