import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LEASE, listOf, NODE, NODE_EVENT, otherNode, POD } from '../../test/support/api-objects.ts';
import type { CliRun } from '../../test/support/run-cli.ts';
import { forbidden, statusObject } from '../../test/support/stand-in-api.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { diagnosisJsonSchema } from '../report/schema.ts';

type Answer = { readonly status?: number; readonly json?: unknown } | null;

const BIN = join(import.meta.dirname, '..', '..', 'bin');
const CLUSTER: Readonly<Record<string, Answer>> = {
  '/api/v1/nodes/worker-1': { json: NODE },
  '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/worker-1': { json: LEASE },
  '/api/v1/pods': listOf(POD),
  '/api/v1/nodes': listOf(NODE, otherNode('worker-2', 'True', '2026-11-20T00:00:00Z')),
  '/api/v1/events': listOf(NODE_EVENT),
};

/** An API server that answers so (`null`: never), and a kubeconfig for it. */
async function cluster(t: TestContext, answers: Readonly<Record<string, Answer>>): Promise<string> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const answer = answers[path] === undefined ? statusObject(404, 'NotFound', 'not found') : answers[path];
    if (answer !== null) response.writeHead(answer.status ?? 200).end(JSON.stringify(answer.json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return kubeconfig(t, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function kubeconfig(t: TestContext, server: string): string {
  const path = join(temporaryDirectory(t), 'config');
  const config = {
    'current-context': 'lab',
    clusters: [{ name: 'lab', cluster: { server } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: '' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

/** As a user would, while this process goes on answering. */
function run(program: 'notready' | 'kubectl-notready', args: readonly string[], env = {}): Promise<CliRun> {
  const vars = { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8', ...env };
  return new Promise((resolve) => {
    execFile(join(BIN, program), args, { env: vars }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test('a node elsewhere: its side of the cluster is diagnosed, and what only the host shows is said to be unseen', async (t) => {
  const config = await cluster(t, CLUSTER);
  const args = ['diagnose', '--node', 'worker-1', '--kubeconfig', config, '-o', 'json'];
  const { code, stdout, stderr } = await run('notready', args);
  assert.equal(stderr, '');
  assert.equal(code, 1);
  const diagnosis = diagnosisJsonSchema.parse(JSON.parse(stdout));
  assert.equal(diagnosis.node, 'worker-1');
  assert.ok(diagnosis.symptoms.some((s) => s.state === 'node-not-ready'));
  assert.ok(diagnosis.examined.unseen.every((u) => u.why === 'not-here'));
  assert.ok(diagnosis.notes.some((n) => n.startsWith('Only the cluster’s side of this node was seen')));
  assert.equal(diagnosis.notes.filter((n) => n.includes('run notready on the node itself')).length, 0);
});

test('kubectl notready NODE is the same, by KUBECONFIG; other commands are as ever', async (t) => {
  const config = await cluster(t, CLUSTER);
  const quiet = await run('kubectl-notready', ['worker-1', '-q'], { KUBECONFIG: config });
  assert.match(quiet.stdout, /worker-1/);
  assert.equal(quiet.code, 1);
  assert.match((await run('kubectl-notready', ['causes', '--help'])).stdout, /^Usage: kubectl notready causes/);
});

test('what was denied is named with its right', async (t) => {
  const answers = { ...CLUSTER, '/api/v1/events': forbidden('events') };
  const config = await cluster(t, answers);
  const { stdout } = await run('notready', ['diagnose', '--node', 'worker-1', '--kubeconfig', config]);
  assert.match(
    stdout.replace(/\s+/g, ' '),
    /the node's events \(no permission: HTTP 403; needs the right: list events\)/,
  );
});

/** What is asked, of which cluster, and how it ends. */
const REFUSED: readonly (readonly [what: string, node: string, answers: typeof CLUSTER, code: number, says: RegExp])[] =
  [
    ['a name that is near another', 'worker-3', CLUSTER, 2, /has no node worker-3\n {2}did you mean: worker-1/],
    ['a name that is near none', 'zz', CLUSTER, 2, /has no node zz\n {2}it has: worker-1, worker-2/],
    [
      'credentials that are not accepted',
      'worker-1',
      { '/api/v1/nodes/worker-1': statusObject(401, 'Unauthorized', 'Unauthorized') },
      2,
      /does not accept the credentials/,
    ],
    [
      'an API server that is not well',
      'worker-1',
      { '/api/v1/nodes/worker-1': { status: 503, json: {} } },
      3,
      /is not well/,
    ],
    ['an API server that does not answer', 'worker-1', { '/api/v1/nodes/worker-1': null }, 3, /does not answer/],
    [
      'a user without any right',
      'worker-1',
      Object.fromEntries(Object.keys(CLUSTER).map((path) => [path, forbidden('nodes')])),
      3,
      /nothing of worker-1 could be read[\s\S]*deploy\/rbac\.yaml/,
    ],
  ];
for (const [what, node, answers, code, says] of REFUSED) {
  test(`${what}: exit code ${code}, in both languages`, async (t) => {
    const config = await cluster(t, answers);
    const args = ['diagnose', '--node', node, '--kubeconfig', config, '--budget', '2s', '--call-timeout', '300ms'];
    const en = await run('notready', args);
    assert.equal(en.code, code, en.stdout);
    assert.match(en.stderr, says);
    const zh = await run('notready', [...args, '--lang', 'zh']);
    assert.match(zh.stderr, /[\u4e00-\u9fff]/);
  });
}

test('nobody listens; no kubeconfig; an unknown context', async (t) => {
  const config = kubeconfig(t, 'http://127.0.0.1:1');
  const refused = await run('notready', ['diagnose', '--node', 'worker-1', '--kubeconfig', config]);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /cannot be reached: ECONNREFUSED/);
  const none = await run('notready', ['diagnose', '--node', 'worker-1'], { HOME: '/nonexistent' });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /no kubeconfig found[\s\S]*--kubeconfig FILE/);
  const context = await run('notready', ['diagnose', '--node', 'a', '--kubeconfig', config, '--context', 'lap']);
  assert.equal(context.code, 2);
  assert.match(context.stderr, /has no context lap\n {2}did you mean: lab/);
});

test('what is for the host alone is refused for another node; so is a name that can be none', async (t) => {
  const config = await cluster(t, CLUSTER);
  const args = ['diagnose', '--node', 'worker-1', '--kubeconfig', config];
  assert.match(
    (await run('notready', [...args, '--stack-dump'])).stderr,
    /are for the node itself, and this is not worker-1/,
  );
  assert.match((await run('notready', ['diagnose', '--node', '../pods'])).stderr, /not the name of a node/);
  assert.equal((await run('notready', ['diagnose', '--bundle', 'x', '--node', 'worker-1'])).code, 2);
});

test('what was collected from elsewhere gives the same diagnosis', async (t) => {
  const config = await cluster(t, CLUSTER);
  const bundle = join(temporaryDirectory(t), 'case.tar.gz');
  const saved = await run('notready', ['collect', '-o', bundle, '--node', 'worker-1', '--kubeconfig', config]);
  assert.equal(saved.code, 0, saved.stderr);
  const { stdout } = await run('notready', ['diagnose', '--bundle', bundle, '-o', 'json']);
  assert.equal(JSON.parse(stdout).node, 'worker-1');
});
