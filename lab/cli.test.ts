import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { CAUSE_SLUGS } from '../src/causes/slugs.ts';
import { CATALOGUE, findScenario, nameOf } from './catalogue.ts';
import { runLab } from './cli.ts';

async function lab(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [process.stdout, process.stderr].map((stream) => {
    const said: string[] = [];
    const mocked = mock.method(stream, 'write', (text: string) => said.push(text) > 0);
    return { text: () => said.join(''), restore: () => mocked.mock.restore() };
  });
  try {
    const code = await runLab(args);
    return { code, out: out?.text() ?? '', err: err?.text() ?? '' };
  } finally {
    out?.restore();
    err?.restore();
  }
}

test('list names every scenario, as run takes it, with the cause that is its truth', async () => {
  const { code, out } = await lab('list');
  assert.equal(code, 0);
  for (const listed of CATALOGUE) {
    const { cause } = listed.scenario.truth;
    assert.match(out, new RegExp(`^  ${nameOf(listed)} .*\\[${cause ?? 'nothing wrong'}\\]$`, 'm'));
  }
});

test('list says of those on a cluster what they run on, how fast, and what becomes of Ready', async () => {
  const { out } = await lab('list');
  assert.match(out, /^ {2}stopped-kubelet .*\(docker, brisk, Ready=Unknown\) \[kubelet-down\]$/m);
  assert.match(out, /^ {2}incident .*\(docker, brisk, Ready comes and goes\) \[container-status-hung\]$/m);
});

test('a name that both kinds of scenario have is told apart by the kind before it', async () => {
  for (const kind of ['host', 'cluster']) {
    assert.equal(findScenario(`${kind}/frozen-filesystem`).kind, kind);
    assert.match((await lab('list')).out, new RegExp(`^ {2}${kind}/frozen-filesystem `, 'm'));
  }
  const { code, err } = await lab('run', 'frozen-filesystem');
  assert.equal(code, 2);
  assert.match(err, /: say host\/frozen-filesystem or cluster\/frozen-filesystem\n$/);
});

test('every scenario is found by the name that list shows, and by its kind and name', () => {
  for (const listed of CATALOGUE) {
    assert.equal(findScenario(nameOf(listed)).scenario, listed.scenario);
    assert.equal(findScenario(`${listed.kind}/${listed.scenario.name}`).scenario, listed.scenario);
  }
});

test('--stock where it makes no sense is told so in one line', async () => {
  for (const args of [['run', 'stopped-shim'], ['list'], ['up']]) {
    const { code, err } = await lab(...args, '--stock');
    assert.equal(code, 2, args.join(' '));
    assert.match(err, /^notready lab: --stock is for [^\n]+\n$/);
  }
});

test('list speaks Chinese when asked', async () => {
  assert.match((await lab('list', '--lang', 'zh')).out, /一切正常/);
});

test('a mistake is answered with one line and exit code 2, never with a stack', async () => {
  for (const args of [['run', 'no-such'], ['run', 'healthy', '--nonsense'], ['dance'], ['run'], []]) {
    const { code, err } = await lab(...args);
    assert.equal(code, 2, args.join(' '));
    assert.doesNotMatch(err, /\n\s+at /);
    assert.notEqual(err, '');
  }
});

test('scenarios have names of their own among their kind, and truths that fit together', () => {
  assert.equal(new Set(CATALOGUE.map(({ kind, scenario }) => `${kind}/${scenario.name}`)).size, CATALOGUE.length);
  for (const { scenario } of CATALOGUE) {
    const { name, truth } = scenario;
    assert.equal(truth.exitCode, truth.cause === null ? 0 : 1, name);
    assert.ok(truth.cause === null || CAUSE_SLUGS.includes(truth.cause), name);
  }
});
