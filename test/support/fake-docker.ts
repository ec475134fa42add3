import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryDirectory } from './temporary-directory.ts';

/** What a path answers: a JSON value, a status with a message, raw text, or nothing at all. */
export type FakeAnswer = { json: unknown } | { status: number; message: string } | { raw: string } | 'hang';

/**
 * An HTTP server on a unix socket that answers as a Docker Engine would: a stand-in, not Docker.
 * @param answer by path; null is 404
 * @returns the socket's path
 */
export async function fakeDocker(t: TestContext, answer: (path: string) => FakeAnswer | null): Promise<string> {
  const socketPath = join(temporaryDirectory(t), 'docker.sock');
  const server = createServer((request, response) => reply(response, answer(request.url ?? '')));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return socketPath;
}

function reply(response: ServerResponse, answer: FakeAnswer | null): void {
  const given = answer ?? { status: 404, message: 'page not found' };
  if (given === 'hang') return;
  if ('status' in given) response.writeHead(given.status).end(JSON.stringify({ message: given.message }));
  else response.end('raw' in given ? given.raw : JSON.stringify(given.json));
}
