import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { createKubeWriter, type KubeWriter } from './kube-writer.ts';

const servers: Server[] = [];
const clients: KubeWriter[] = [];
after(() => {
  for (const client of clients) client.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function writerOf(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<KubeWriter> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, rejectUnauthorized: true };
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createKubeWriter({ server: address, tls, headers: { Authorization: 'Bearer t' }, proxyUrl: null }, {});
  clients.push(client);
  return client;
}

/** Says what was asked of it. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const { authorization, 'content-type': type } = request.headers;
    response.end(JSON.stringify([request.method, request.url, authorization, type, JSON.parse(body)]));
  });
}

const LIMITS = { deadlineMs: 2000 };

async function echoed(call: ReturnType<KubeWriter['post']>): Promise<unknown> {
  const answer = await call;
  return answer.outcome === 'ok' ? JSON.parse(answer.value.body) : answer;
}

test('a patch says how it is to be read', async () => {
  const client = await writerOf(echo);
  const patch = { spec: { unschedulable: true } };
  const type = 'application/strategic-merge-patch+json';
  assert.deepEqual(await echoed(client.patch('/n', 'strategic', patch, LIMITS)), [
    'PATCH',
    '/n',
    'Bearer t',
    type,
    patch,
  ]);
  const [, , , merge] = (await echoed(client.patch('/n', 'merge', patch, LIMITS))) as unknown[];
  const [, , , json] = (await echoed(client.patch('/n', 'json', [], LIMITS))) as unknown[];
  assert.deepEqual([merge, json], ['application/merge-patch+json', 'application/json-patch+json']);
});

test('an object with characters of several bytes arrives whole', async () => {
  const client = await writerOf(echo);
  const object = { message: '驱逐 Pod' };
  assert.deepEqual(await echoed(client.post('/p', object, LIMITS)), [
    'POST',
    '/p',
    'Bearer t',
    'application/json',
    object,
  ]);
});

test('a deletion goes with what must still be so', async () => {
  const client = await writerOf(echo);
  const request = { preconditions: { uid: 'u-1' }, gracePeriodSeconds: 0 };
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', ...request };
  assert.deepEqual(await echoed(client.delete('/p', request, LIMITS)), [
    'DELETE',
    '/p',
    'Bearer t',
    'application/json',
    options,
  ]);
});

test('a server that takes a change and never answers is a timeout, one that refuses it an answer', async () => {
  const silent = await writerOf(() => undefined);
  assert.equal((await silent.patch('/n', 'merge', {}, { deadlineMs: 100 })).outcome, 'timeout');
  const refusing = await writerOf((_, response) => void response.writeHead(409).end('{}'));
  const refused = await refusing.patch('/n', 'merge', {}, LIMITS);
  assert.equal(refused.outcome === 'ok' && refused.value.status, 409);
});

test('a redirect does not take a change elsewhere', async () => {
  const client = await writerOf(
    (_, response) => void response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
  );
  const answer = await client.post('/p', {}, LIMITS);
  assert.equal(answer.outcome === 'ok' && answer.value.status, 307);
});
