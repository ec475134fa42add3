import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { fakeGrpc, fakeMethod } from '../../test/support/fake-grpc.ts';
import { CriClient } from './cri.ts';
import { RuntimeService } from './gen/cri_pb.ts';

const limits = { deadlineMs: 5000 };
const { version, listContainers, containerStatus } = RuntimeService.method;
const answer = { runtimeName: 'fake', runtimeVersion: '1', runtimeApiVersion: 'v1' };

for (const spoken of ['runtime.v1', 'runtime.v1alpha2'] as const) {
  test(`a server of ${spoken} only (a stand-in)`, async (t) => {
    const service = `${spoken}.RuntimeService`;
    const client = new CriClient(
      await fakeGrpc(t, [
        fakeMethod(version, () => answer, service),
        fakeMethod(listContainers, () => ({ containers: [{ id: 'a', state: 1, createdAt: 5n }] }), service),
      ]),
    );
    t.after(() => client.close());
    const [told, list] = await Promise.all([client.version(limits), client.listContainers(limits)]);
    assert.equal(told.outcome === 'ok' && told.value.runtimeName, 'fake');
    assert.deepEqual(list.outcome === 'ok' && list.value.containers.map((c) => [c.id, c.state]), [['a', 1]]);
    assert.equal(client.apiVersion, spoken);
  });
}

test('a gRPC server without CRI is told from one in trouble', async (t) => {
  const client = new CriClient(await fakeGrpc(t, []));
  t.after(() => client.close());
  const result = await client.version(limits);
  assert.deepEqual([result.outcome, result.outcome === 'error' && result.code], ['error', 'UNIMPLEMENTED']);
  assert.equal(client.apiVersion, null);
});

test('one status that hangs ends at its deadline while others are answered', async (t) => {
  const client = new CriClient(
    await fakeGrpc(t, [
      fakeMethod(containerStatus, ({ containerId }) =>
        containerId === 'hung' ? 'hang' : { status: { id: containerId, state: 1 }, info: { info: '{"pid":7}' } },
      ),
    ]),
  );
  t.after(() => client.close());
  const [hung, well] = await Promise.all([
    client.containerStatus('hung', { deadlineMs: 100 }),
    client.containerStatus('well', limits),
  ]);
  assert.deepEqual([hung.outcome, well.outcome], ['timeout', 'ok']);
});

test("a runtime's own error keeps its code and words", async (t) => {
  const failed = { failed: status.NOT_FOUND, details: 'an error occurred when try to find container "x": not found' };
  const client = new CriClient(await fakeGrpc(t, [fakeMethod(containerStatus, () => failed)]));
  t.after(() => client.close());
  const result = await client.containerStatus('x', limits);
  assert.deepEqual(result.outcome === 'error' && [result.code, result.message], ['NOT_FOUND', failed.details]);
});

test('a socket that is not there is an error with the errno, at once', async () => {
  const client = new CriClient('/nonexistent/cri.sock');
  const result = await client.version({ deadlineMs: 60_000 });
  client.close();
  assert.deepEqual([result.outcome, result.outcome === 'error' && result.code], ['error', 'ENOENT']);
});
