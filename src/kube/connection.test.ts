import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../text/user-error.ts';
import { resolveConnection } from './connection.ts';
import { findKubeconfig, type ReadText } from './find-kubeconfig.ts';

const FILES: Readonly<Record<string, string>> = {
  '/k/config': `{current-context: blue,
    clusters: [{name: blue, cluster: {server: "https://10.0.0.1:6443/", certificate-authority: ca.crt}},
               {name: odd, cluster: {server: "ftp://x"}}, {name: socks, cluster: {server: "https://x", proxy-url: "socks5://p"}}],
    users: [{name: ann, user: {token: "t0ken"}}, {name: bob, user: {username: bob, password: pw}},
            {name: lost, user: {client-certificate: gone.crt}},
            {name: plugin, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ${process.execPath}, args: ["-e", "PRINT"]}}},
            {name: missing, user: {exec: {command: no-such-program-here, installHint: "install it"}}},
            {name: silent, user: {exec: {command: sleep, args: ["60"]}}}],
    contexts: [{name: blue, context: {cluster: blue, user: ann}}, {name: bob, context: {cluster: blue, user: bob}},
               {name: lost, context: {cluster: blue, user: lost}}, {name: none, context: {cluster: red, user: ann}},
               {name: odd, context: {cluster: odd, user: ann}}, {name: socks, context: {cluster: socks, user: ann}},
               {name: plugin, context: {cluster: blue, user: plugin}}, {name: missing, context: {cluster: blue, user: missing}},
               {name: silent, context: {cluster: blue, user: silent}}, {name: anyone, context: {cluster: blue}}]}`,
  '/k/ca.crt': 'CA',
  '/home/.kube/config': '{current-context: home, contexts: []}',
  '/var/run/secrets/kubernetes.io/serviceaccount/token': 'pod-token\n',
  '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt': 'POD-CA',
};

const readText: ReadText = async (path) => {
  const value = FILES[path];
  return value === undefined ? { ok: false, error: 'ENOENT' } : { ok: true, value };
};

async function connect(context: string | null, pluginDeadlineMs: number | null = 5000, print = '') {
  const found = await findKubeconfig({
    flag: '/k/config',
    env: {},
    readText: async (path) => {
      const read = await readText(path);
      return read.ok ? { ok: true, value: read.value.replace('PRINT', print) } : read;
    },
  });
  assert.ok(found);
  return resolveConnection({ found, context, readText, pluginDeadlineMs });
}

/** What the user is told. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.text.zh, /[\u4e00-\u9fff]/);
    return `${error.text.en} | ${error.hint?.en ?? ''}`;
  }
  assert.fail('it was accepted');
}

test('the current context: address, authority, token', async () => {
  const connection = await connect(null);
  assert.equal(connection.server, 'https://10.0.0.1:6443');
  assert.equal(connection.tls.ca, 'CA');
  assert.equal(connection.tls.rejectUnauthorized, true);
  assert.deepEqual(connection.headers, { Authorization: 'Bearer t0ken' });
});

test('a password; nobody at all', async () => {
  assert.deepEqual((await connect('bob')).headers, { Authorization: 'Basic Ym9iOnB3' });
  assert.deepEqual((await connect('anyone')).headers, {});
});

test('what is wrong in a kubeconfig is said, with what was meant', async () => {
  assert.match(await refusal(connect('blu')), /has no context blu \| did you mean: blue/);
  assert.match(await refusal(connect('none')), /the context none names the cluster "red", which is not in it/);
  assert.match(await refusal(connect('lost')), /\/k\/gone\.crt, named in the kubeconfig, cannot be read: ENOENT/);
  assert.match(await refusal(connect('odd')), /"ftp:\/\/x" is no address of an API server/);
  assert.match(await refusal(connect('socks')), /proxy-url must be http:\/\/ or https:\/\//);
});

test('a credential plugin is told that it cannot ask, and its token is used', async () => {
  const print =
    'const i = JSON.parse(process.env.KUBERNETES_EXEC_INFO); console.log(JSON.stringify({status: {token: i.apiVersion + i.spec.interactive}}))';
  const { headers } = await connect('plugin', 5000, print.replaceAll('"', '\\"'));
  assert.deepEqual(headers, { Authorization: 'Bearer client.authentication.k8s.io/v1false' });
});

test('a plugin that fails, is not there, hangs or may not be run', async () => {
  assert.match(
    await refusal(connect('plugin', 5000, "console.error('log in first'); process.exit(1)")),
    /log in first/,
  );
  assert.match(
    await refusal(connect('plugin', 5000, "console.log('secret-token')")),
    /its output is no ExecCredential/,
  );
  assert.match(await refusal(connect('missing')), /cannot be run: ENOENT \| install it/);
  assert.match(await refusal(connect('silent', 100)), /sleep, asked for credentials: no answer within 100ms/);
  assert.match(await refusal(connect('plugin', null)), /only on request/);
});

test('where a kubeconfig is looked for: flag, KUBECONFIG, home, pod', async () => {
  const find = (env: Record<string, string>, flag: string | null = null) => findKubeconfig({ flag, env, readText });
  assert.equal((await find({ HOME: '/home', KUBECONFIG: '/home/.kube/config' }, '/k/config'))?.from, '/k/config');
  assert.equal((await find({ HOME: '/home', KUBECONFIG: '/nope:/k/config' }))?.config.currentContext, 'blue');
  assert.equal((await find({ HOME: '/home' }))?.from, '/home/.kube/config');
  const pod = await find({ HOME: '/nobody', KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' });
  assert.ok(pod);
  const connection = await resolveConnection({ found: pod, context: null, readText, pluginDeadlineMs: null });
  assert.equal(connection.server, 'https://[fd00::1]:6443');
  assert.deepEqual([connection.tls.ca, connection.headers], ['POD-CA', { Authorization: 'Bearer pod-token' }]);
  assert.equal(await find({}), null);
  assert.match(await refusal(find({ KUBECONFIG: '/nope:/nada' })), /\/nope:\/nada cannot be read: ENOENT/);
  assert.match(await refusal(find({}, '/nope')), /\/nope cannot be read/);
});
