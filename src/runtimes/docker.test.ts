import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeAnswer, fakeDocker } from '../../test/support/fake-docker.ts';
import type { CallResult } from './call-result.ts';
import { DockerClient } from './docker.ts';

const limits = { deadlineMs: 5000 };

function code(result: CallResult<unknown>): string {
  return result.outcome === 'ok' ? 'ok' : result.code;
}

test('the client reads a daemon of the Engine API (a stand-in)', async (t) => {
  const answers: Record<string, FakeAnswer> = {
    '/version': {
      json: {
        Version: '20.10.24+dfsg1',
        ApiVersion: '1.41',
        Os: 'linux',
        Components: [{ Name: 'runc', Version: '1.1.5' }],
      },
    },
    '/info': { json: { DockerRootDir: '/srv/lab/data', CgroupDriver: 'cgroupfs', LiveRestoreEnabled: false } },
    '/containers/json?all=1': { json: [{ Id: 'a', Names: ['/a'], Image: 'bb:1', State: 'running' }, 'junk', {}] },
  };
  const client = new DockerClient(await fakeDocker(t, (path) => answers[path] ?? null));
  t.after(() => client.close());
  const [version, info, list] = await Promise.all([client.version(limits), client.info(limits), client.list(limits)]);
  assert.deepEqual(version.outcome === 'ok' && version.value, {
    Version: '20.10.24+dfsg1',
    ApiVersion: '1.41',
    Components: [{ Name: 'runc', Version: '1.1.5' }],
  });
  assert.equal(info.outcome === 'ok' && info.value.LiveRestoreEnabled, false);
  assert.deepEqual(list.outcome === 'ok' && list.value.map((c) => c.Id), ['a'], 'entries that are no containers go');
});

test('an error keeps its status and the words of the daemon', async (t) => {
  const refusal = { status: 404, message: 'No such container: "x"' };
  const client = new DockerClient(await fakeDocker(t, () => refusal));
  t.after(() => client.close());
  const result = await client.inspect('x', limits);
  assert.deepEqual(result.outcome === 'error' && [result.code, result.message], ['404', 'No such container: "x"']);
});

test('a call that hangs ends at its deadline while others are answered', async (t) => {
  const client = new DockerClient(
    await fakeDocker(t, (path) => (path.startsWith('/containers/hung') ? 'hang' : { json: { Version: '1' } })),
  );
  t.after(() => client.close());
  const [hung, version] = await Promise.all([client.inspect('hung', { deadlineMs: 100 }), client.version(limits)]);
  assert.deepEqual([hung.outcome, version.outcome], ['timeout', 'ok']);
});

test('answers that are no JSON, another API, or endless are errors', async (t) => {
  const client = new DockerClient(
    await fakeDocker(t, (path) => {
      if (path === '/version') return { raw: '<html>' };
      return path === '/info' ? { json: [] } : { raw: `"${'x'.repeat(5 * 1024 * 1024)}"` };
    }),
  );
  t.after(() => client.close());
  const results = await Promise.all([client.version(limits), client.info(limits), client.inspect('a', limits)]);
  assert.deepEqual(results.map(code), ['MALFORMED', 'MALFORMED', 'TOO_LARGE']);
});

test('no listener is an error with the errno', async () => {
  const client = new DockerClient('/nonexistent/docker.sock');
  assert.equal(code(await client.version(limits)), 'ENOENT');
});

test('an id from elsewhere cannot reach another path of the API', async (t) => {
  const asked: string[] = [];
  const client = new DockerClient(
    await fakeDocker(t, (path) => {
      asked.push(path);
      return null;
    }),
  );
  t.after(() => client.close());
  await client.inspect('../images/json?x=', limits);
  assert.deepEqual(asked, ['/containers/..%2Fimages%2Fjson%3Fx%3D/json']);
});
