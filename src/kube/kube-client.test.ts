import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { createKubeClient } from './kube-client.ts';
import { apiOutcome } from './outcome.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const NO_TLS = { ca: undefined, cert: undefined, key: undefined, servername: undefined, rejectUnauthorized: true };

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const connection = { tls: NO_TLS, headers: { Authorization: 'Bearer t' }, proxyUrl: null };
  return createKubeClient({ ...connection, server: await serve(answer) }, {});
}

test('by a proxy, where the kubeconfig names one', async () => {
  const proxyUrl = await serve((request, response) => void response.end(request.url));
  const client = createKubeClient({ server: 'http://api.invalid:8080', tls: NO_TLS, headers: {}, proxyUrl }, {});
  const answer = await client.get('/version', { deadlineMs: 2000 });
  assert.equal(answer.outcome === 'ok' && answer.value.body, 'http://api.invalid:8080/version');
  client.close();
});

test('credentials, media type and range go along; a redirect with them does not', async () => {
  const client = await clientOf((request, response) => {
    if (request.url === '/away') response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end();
    else response.end(JSON.stringify([request.headers.authorization, request.headers.accept, request.headers.range]));
  });
  const answer = await client.get('/x', { deadlineMs: 2000, accept: 'text/plain', range: 'bytes=-5' });
  assert.deepEqual(answer.outcome === 'ok' && JSON.parse(answer.value.body), ['Bearer t', 'text/plain', 'bytes=-5']);
  const away = await client.get('/away', { deadlineMs: 2000 });
  assert.equal(away.outcome === 'ok' && away.value.status, 302);
  client.close();
});

test('a server that never answers, one that stops in the middle, one that sends too much', async () => {
  const client = await clientOf((request, response) => {
    if (request.url === '/half')
      response.writeHead(200, { 'Content-Length': '100' }).write('half', () => response.destroy());
    if (request.url === '/much') response.end('x'.repeat(10_000));
  });
  const silent = await client.get('/silent', { deadlineMs: 100 });
  assert.equal(silent.outcome, 'timeout');
  assert.equal(apiOutcome(silent).outcome, 'timeout');
  assert.equal((await client.get('/half', { deadlineMs: 2000 })).outcome, 'error');
  const much = await client.get('/much', { deadlineMs: 2000, maxBytes: 100 });
  assert.equal(much.outcome === 'ok' && much.value.cut, true);
  client.close();
});

test('the caller gives up, and so does the call', async () => {
  const client = await clientOf(() => undefined);
  const over = new AbortController();
  const call = client.get('/x', { deadlineMs: 60_000, signal: over.signal });
  over.abort();
  assert.equal((await call).outcome, 'timeout');
  client.close();
});

const failed = (code: string) => ({ outcome: 'error', code, message: 'why', tookMs: 1, deadlineMs: 9 }) as const;
const answered = (status: number, body = '') =>
  ({ outcome: 'ok', value: { status, body, cut: false }, tookMs: 1, deadlineMs: 9 }) as const;

test('what an answer says of the way to the API server', () => {
  for (const [result, outcome] of [
    [answered(200), 'ok'],
    [answered(403), 'ok'],
    [answered(404), 'ok'],
    [answered(401), 'rejected'],
    [answered(503), 'unhealthy'],
    [answered(429), 'unhealthy'],
    [failed('ECONNREFUSED'), 'refused'],
    [failed('EHOSTUNREACH'), 'unreachable'],
    [failed('ENOTFOUND'), 'unreachable'],
    [failed('CERT_HAS_EXPIRED'), 'tls-failed'],
    [failed('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls-failed'],
    [failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls-failed'],
  ] as const) {
    assert.equal(apiOutcome(result).outcome, outcome, JSON.stringify(result));
  }
  const status = '{"kind":"Status","message":"etcd \\"x\\" is \\u001b[31mdown","code":503}';
  assert.equal(apiOutcome(answered(503, status)).detail, 'HTTP 503: etcd "x" is \\u001b[31mdown');
});
