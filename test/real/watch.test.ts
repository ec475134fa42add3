import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hangStatus } from '../../lab/faults/hang-status.ts';
import { Lab } from '../../lab/lab.ts';
import { dockerPod } from '../support/docker-pod.ts';
import { whyNotReal } from '../support/real.ts';
import { watchProcess } from '../support/watch-process.ts';

const why = whyNotReal(['docker', 'cgroups']);
const options = { timeout: 120_000, ...(why === null ? {} : { skip: why }) };

let lab: Lab;

before(() => {
  if (why === null) lab = new Lab();
});

after(async () => {
  if (why === null) assert.deepEqual(await lab.close(), []);
});

test('watch names the container whose shim is stopped, while the events of others go on', options, async (t) => {
  const { api, endpoint } = await lab.dockerd();
  const hung = await dockerPod(lab, 'hung-0');
  const heal = await hangStatus(lab, hung.main);
  const watch = watchProcess(t, ['--runtime-endpoint', endpoint]);

  const named = await watch.untilLine('hung', (l) => l.container.id === hung.main);
  assert.deepEqual([named.container.pod.name, named.container.name], ['hung-0', 'main']);
  const seen = await watch.untilLine('shim', (l) => l.container.id === hung.main);
  assert.equal(seen.shim?.state, 'T');

  const other = await dockerPod(lab, 'other-0');
  await watch.untilLine('event', (l) => l.event === 'ContainerStarted' && l.container.id === other.main);
  await api.call('POST', `/containers/${other.main}/kill`);
  await watch.untilLine('event', (l) => l.event === 'ContainerDied' && l.container.id === other.main);
  const status = await watch.untilLine('status', (l) => l.hung === 1 && l.pods === 2);
  assert.equal(status.ours.ready, 'True');

  heal();
  await watch.untilLine('answers', (l) => l.container.id === hung.main);
  await watch.untilLine('event', (l) => l.event === 'ContainerDied' && l.container.id === hung.main);
  // What was there before the watch began is no event.
  assert.ok(!watch.lines.some((l) => l.type === 'event' && l.container.id === hung.sandbox));
  assert.equal(await watch.end(), 143);
});
