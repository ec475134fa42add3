import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { DockerChanges } from './docker.ts';

const LIMITS = { deadlineMs: 5000 };

/** A stand-in that answers every request alike, and takes note of them. */
async function serve(t: TestContext, status: number, body = ''): Promise<{ changes: DockerChanges; asked: string[] }> {
  const socketPath = join(temporaryDirectory(t), 'docker.sock');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const changes = new DockerChanges(socketPath);
  t.after(() => {
    changes.close();
    server.closeAllConnections();
    server.close();
  });
  return { changes, asked };
}

test('a container is removed by force, its volumes are not', async (t) => {
  const { changes, asked } = await serve(t, 204);
  const result = await changes.remove('ab/c', LIMITS);
  assert.equal(result.outcome, 'ok');
  assert.deepEqual(asked, ['DELETE /containers/ab%2Fc?force=1']);
});

test('a refusal is a value, with dockerd’s words', async (t) => {
  const { changes } = await serve(t, 409, '{"message":"removal of container x is already in progress"}');
  const result = await changes.remove('x', LIMITS);
  assert.ok(result.outcome === 'error');
  assert.deepEqual([result.code, result.message], ['409', 'removal of container x is already in progress']);
});
