import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { CAUSE_SLUGS } from '../src/causes/slugs.ts';
import { runLab } from './cli.ts';
import { SCENARIOS } from './scenarios/index.ts';

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

test('list names every scenario with the cause that is its truth', async () => {
  const { code, out } = await lab('list');
  assert.equal(code, 0);
  for (const { name, truth } of SCENARIOS)
    assert.match(out, new RegExp(`^${name} .*\\[${truth.cause ?? 'nothing wrong'}\\]$`, 'm'));
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

test('scenarios have names of their own and truths that fit together', () => {
  assert.equal(new Set(SCENARIOS.map((s) => s.name)).size, SCENARIOS.length);
  for (const { name, truth } of SCENARIOS) {
    assert.equal(truth.exitCode, truth.cause === null ? 0 : 1, name);
    assert.ok(truth.cause === null || CAUSE_SLUGS.includes(truth.cause), name);
  }
});
