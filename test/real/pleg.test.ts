import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../lab/errors.ts';
import { hangStatus } from '../../lab/faults/hang-status.ts';
import { stopProcess } from '../../lab/faults/stop-process.ts';
import { Lab } from '../../lab/lab.ts';
import { shimOf } from '../../lab/shims.ts';
import { until } from '../../lab/wait.ts';
import { openEventSource } from '../../src/pleg/index.ts';
import { dockerPod } from '../support/docker-pod.ts';
import { whyNotReal } from '../support/real.ts';
import { watchRuntime } from '../support/watched-runtime.ts';

// The generator on the lab's own dockerd and containerd. A container's state is told within two periods, 2 s; the tests
// wait for it longer, since a machine may be busy, and assert only what came and in which order.

const why = whyNotReal(['docker', 'containerd', 'cgroups']);
const options = { timeout: 120_000, ...(why === null ? {} : { skip: why }) };

let lab: Lab;

before(() => {
  if (why === null) lab = new Lab();
});

after(async () => {
  if (why === null) assert.deepEqual(await lab.close(), []);
});

test('docker: the start, crash and removal of a pod', options, async (t) => {
  const { api, endpoint } = await lab.dockerd();
  const watched = await watchRuntime(t, 'docker', endpoint);
  const { uid, sandbox, main } = await dockerPod(lab, 'web-0');
  await watched.untilEvent(uid, `ContainerStarted ${main}`);
  await watched.untilEvent(uid, `ContainerStarted ${sandbox}`);
  await api.call('POST', `/containers/${main}/kill`);
  await watched.untilEvent(uid, `ContainerDied ${main}`);
  await api.call('DELETE', `/containers/${main}`);
  await watched.untilEvent(uid, `ContainerRemoved ${main}`);
  await api.call('DELETE', `/containers/${sandbox}?force=true`);
  await watched.untilEvent(uid, `ContainerRemoved ${sandbox}`);
  const events = watched.eventsOf(uid);
  assert.deepEqual(
    events.filter((e) => e.endsWith(main)),
    [`ContainerStarted ${main}`, `ContainerDied ${main}`, `ContainerRemoved ${main}`],
  );
  // One that is seen between its creation and its start has ended, as dockershim sees it, and ends again later.
  const ofSandbox = events.filter((e) => e.endsWith(sandbox)).map((e) => e.split(' ')[0]);
  const told = ['ContainerStarted', 'ContainerDied', 'ContainerRemoved'];
  assert.deepEqual(ofSandbox, ofSandbox.length > told.length ? ['ContainerDied', ...told] : told);
  assert.equal(watched.pleg.problem(), null);
});

test('docker: one container whose shim is stopped is named, and the others go on', options, async (t) => {
  const { api, endpoint } = await lab.dockerd();
  const watched = await watchRuntime(t, 'docker', endpoint);
  const hung = await dockerPod(lab, 'hung-0');
  await watched.untilEvent(hung.uid, `ContainerStarted ${hung.main}`);

  // Its shim is stopped with a kill in flight, and the list shows a change of it: a pause and its end are none, so the
  // generator has to be new to it, as a kubelet that was restarted is.
  const heal = await hangStatus(lab, hung.main);
  const restarted = await watchRuntime(t, 'docker', endpoint);
  const named = await until({ en: 'the hung container', zh: '卡住的容器' }, () => restarted.pleg.hung()[0] ?? null);
  assert.deepEqual([named.id, named.pod.uid, named.pod.name], [hung.main, hung.uid, 'hung-0']);

  const other = await dockerPod(lab, 'other-0');
  await restarted.untilEvent(other.uid, `ContainerStarted ${other.main}`);
  await api.call('POST', `/containers/${other.main}/kill`);
  await restarted.untilEvent(other.uid, `ContainerDied ${other.main}`);
  assert.deepEqual(restarted.eventsOf(hung.uid), [`ContainerStarted ${hung.sandbox}`]);
  assert.equal(restarted.pleg.problem(), null);
  assert.ok(restarted.records.at(-1)?.waiting.some((w) => w.containerId === hung.main));

  // Once the shim goes on, what was owed is told: the kill went through.
  heal();
  await restarted.untilEvent(hung.uid, `ContainerDied ${hung.main}`);
});

test('CRI: the start, crash and removal of a pod, and a stopped shim that holds up nobody', options, async (t) => {
  const { endpoint, pods } = await lab.containerd();
  const watched = await watchRuntime(t, 'cri', endpoint);
  const pod = await pods.run('web-0', [{ name: 'main' }, { name: 'side' }]);
  const [main, side] = pod.containers;
  if (main === undefined || side === undefined) throw new LabError({ en: 'no containers', zh: '没有容器' });
  for (const id of [main.id, side.id, pod.sandboxId]) await watched.untilEvent(pod.uid, `ContainerStarted ${id}`);
  process.kill(main.pid, 'SIGKILL');
  await watched.untilEvent(pod.uid, `ContainerDied ${main.id}`);
  await pods.remove(main.id);
  await watched.untilEvent(pod.uid, `ContainerRemoved ${main.id}`);

  const stopped = await pods.run('stopped-0', [{ name: 'main' }]);
  const heal = await stopProcess(lab.workspace, shimOf(stopped.containers[0]?.pid ?? 0));
  process.kill(side.pid, 'SIGKILL');
  await watched.untilEvent(pod.uid, `ContainerDied ${side.id}`);
  heal();
  assert.deepEqual(
    watched.eventsOf(pod.uid).filter((e) => e.endsWith(main.id)),
    [`ContainerStarted ${main.id}`, `ContainerDied ${main.id}`, `ContainerRemoved ${main.id}`],
  );
  const removed = watched.eventsOf(pod.uid);
  assert.equal(new Set(removed).size, removed.length);
});

test('CRI: the stream of events is there, or the runtime is told to have none', options, async (t) => {
  const { endpoint, pods } = await lab.containerd();
  const source = await openEventSource(endpoint);
  t.after(() => source.close());
  const started: (string | undefined)[] = [];
  const ended = source.watch(({ type, pod }) => started.push(...(type === 'started' ? [pod?.name] : [])));
  const none = await Promise.race([ended, sleep(1000)]);
  if (none !== undefined) {
    // containerd before 1.7.
    assert.equal(none.outcome === 'error' && none.code, 'UNIMPLEMENTED');
    return;
  }
  await pods.run('streamed-0', [{ name: 'main' }]);
  await until({ en: 'the event', zh: '该事件' }, () => started.includes('streamed-0'));
});
