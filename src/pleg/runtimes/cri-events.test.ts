import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeGrpc, fakeStream } from '../../../test/support/fake-grpc.ts';
import { RuntimeService } from '../../runtimes/gen/cri_pb.ts';
import type { ContainerEvent } from '../evented-pleg.ts';
import { openEventSource } from './open-runtime.ts';

const { getContainerEvents } = RuntimeService.method;

const podSandboxStatus = {
  id: 's1',
  metadata: { name: 'web-0', namespace: 'prod', uid: 'u1', attempt: 0 },
  state: 0,
  network: { ip: '10.0.0.7', additionalIps: [] },
};
const dead = { id: 'c1', metadata: { name: 'main', attempt: 2 }, state: 2, exitCode: 1, startedAt: 5_000_000n };

test('an event tells the whole pod as it was then', async (t) => {
  const event = { containerId: 'c1', containerEventType: 2, createdAt: 9_000_000n };
  const messages = [{ ...event, podSandboxStatus, containersStatuses: [dead] }];
  const source = await openEventSource(await fakeGrpc(t, [fakeStream(getContainerEvents, messages, 'end')]));
  t.after(() => source.close());
  const events: ContainerEvent[] = [];
  assert.deepEqual(await source.watch((e) => events.push(e)), { outcome: 'ok', value: null });
  const container = { id: 'c1', name: 'main', state: 'exited', exitCode: 1, startedAt: 5, finishedAt: null } as const;
  const pod = { uid: 'u1', name: 'web-0', namespace: 'prod', ips: ['10.0.0.7'] };
  const sandboxes = [{ id: 's1', ready: true, ips: ['10.0.0.7'] }];
  assert.deepEqual(events, [
    { type: 'stopped', containerId: 'c1', createdAt: 9, pod: { ...pod, sandboxes, containers: [container] } },
  ]);
});

test('an event whose sandbox the runtime no longer knows comes without its pod; one of an unknown type does not come', async (t) => {
  const messages = [
    { containerId: 'c1', containerEventType: 3, createdAt: 9_000_000n },
    { containerId: 'c1', containerEventType: 7, createdAt: 9_000_000n, podSandboxStatus },
  ];
  const source = await openEventSource(await fakeGrpc(t, [fakeStream(getContainerEvents, messages, 'end')]));
  t.after(() => source.close());
  const events: ContainerEvent[] = [];
  await source.watch((e) => events.push(e));
  assert.deepEqual(events, [{ type: 'deleted', containerId: 'c1', createdAt: 9, pod: null }]);
});

test('a runtime without the stream says so, and so does one that breaks it off', async (t) => {
  const without = await openEventSource(`unix://${await fakeGrpc(t, [])}`);
  const broken = { failed: 14, details: 'going away' };
  const breaking = await openEventSource(await fakeGrpc(t, [fakeStream(getContainerEvents, [], broken)]));
  for (const source of [without, breaking]) t.after(() => source.close());
  const codes = await Promise.all([without, breaking].map((source) => source.watch(() => undefined)));
  assert.deepEqual(
    codes.map((c) => c.outcome === 'error' && c.code),
    ['UNIMPLEMENTED', 'UNAVAILABLE'],
  );
});

test('closing ends a stream on which nothing comes', async (t) => {
  const source = await openEventSource(await fakeGrpc(t, [fakeStream(getContainerEvents, [], 'stay-open')]));
  const ended = source.watch(() => undefined);
  setTimeout(() => source.close(), 50);
  assert.equal((await ended).outcome, 'ok');
});
