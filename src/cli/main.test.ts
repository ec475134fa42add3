import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { runCli } from '../../test/support/run-cli.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin');

test('--help shows commands, examples and exit codes, in English and in Chinese', () => {
  const en = runCli(['--help']);
  assert.equal(en.code, 0);
  for (const part of ['Usage: notready', 'diagnose', 'collect -o case.tar.gz', 'Exit codes:']) {
    assert.ok(en.stdout.includes(part), part);
  }
  const zh = runCli(['--help'], { LANG: 'zh_CN.UTF-8' });
  assert.match(zh.stdout, /用法：[\s\S]*退出码：/);
  assert.doesNotMatch(zh.stdout, /Usage|Options|Commands|Examples|\[options\]/);
});

test('every line of every help page fits 80 columns', () => {
  for (const lang of ['en', 'zh']) {
    for (const command of [[], ['diagnose'], ['collect'], ['explain'], ['causes'], ['simulate'], ['watch']]) {
      const { stdout } = runCli([...command, '--help', '--lang', lang]);
      for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= 80, line);
    }
  }
});

test('help may be asked for by a word, too', () => {
  assert.deepEqual(runCli(['help']), runCli(['--help']));
  assert.deepEqual(runCli(['help', 'diagnose']), runCli(['diagnose', '--help']));
});

for (const command of ['diagnose', 'collect', 'explain', 'causes', 'simulate', 'watch']) {
  test(`${command} --help has examples, in both languages`, () => {
    const en = runCli([command, '--help']);
    assert.equal(en.code, 0, en.stderr);
    assert.match(en.stdout, new RegExp(`Examples:\n {2}notready ${command}`));
    const zh = runCli([command, '--help', '--lang', 'zh']);
    assert.match(zh.stdout, new RegExp(`示例：\n {2}notready ${command}`));
    assert.doesNotMatch(zh.stdout, /Usage|Options|Arguments|\[options\]/);
  });
}

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(BIN, '..', 'package.json'), 'utf8'));
  assert.deepEqual(runCli(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a command it says what there is, and that this was no use', () => {
  const { code, stdout, stderr } = runCli([]);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Usage: notready/);
});

const WRONG: readonly (readonly [args: string[], says: string])[] = [
  [['diagnos'], 'notready: no command diagnos\n  did you mean: notready diagnose\n'],
  [["it's"], "notready: no command it's\n"],
  [['\x1b[2J'], 'notready: no command \\x1b[2J\n'],
  [['__proto__'], 'notready: no command __proto__\n'],
  [['explain', 'constructor'], 'notready: no cause constructor\n'],
  [['diagnose', '--budget', '-5s'], 'notready: --budget "-5s": must be from 2s to 10m\n'],
  [['diagnose', '--budget', '1e9h'], 'notready: --budget "1e9h": not a duration'],
  [['diagnose', '--bundle', ''], 'notready: "": not a file name\n'],
  [['diagnose', '--bundle', '/x\x1b[2J\u202e\ny'], 'notready: /x\\x1b[2J\\u202e\\ny: no such file\n'],
  [['diagnose', '--bundle', '/dev/zero'], 'notready: /dev/zero: neither a file nor a directory\n  for standard input'],
  [['diagnose', '--runtime-endpoint', 'run/x'], 'notready: --runtime-endpoint "run/x": must be a unix socket'],
  [['collect', '-o', '/dev/null', '--budget', '2s'], 'notready: /dev/null: not a plain file\n  for standard output'],
  [['collect', '-o', '/no/such/x'], 'notready: /no/such/x: cannot be written: ENOENT\n'],
  [['diagnose', '--log', 'x'], 'notready: no option --log\n  did you mean: notready diagnose --logs\n'],
  [['diagnose', '--host', 'x'], 'notready: no option --host\n'],
  [['diagnose', '--budgt', '1s'], 'notready: no option --budgt\n  did you mean: notready diagnose --budget\n'],
  [['diagnose', '-o', 'pdf'], 'notready: -o "pdf": must be terminal, json, markdown or html\n'],
  [['diagnose', '--budget', '10'], 'notready: --budget "10": not a duration; write 10s, 1m30s or 500ms\n'],
  [['diagnose', '--budget', '1ms'], 'notready: --budget "1ms": must be from 2s to 10m\n'],
  [['diagnose', '--budget', '3s', '--call-timeout', '3s'], 'notready: --call-timeout must be shorter than --budget\n'],
  [['diagnose', '-q', '-v'], 'notready: -q, --quiet cannot be used with -v, --verbose\n'],
  [['diagnose', '--bundle', 'x', '--stack-dump'], 'notready: --bundle <path> cannot be used with --stack-dump\n'],
  [['diagnose', '--runtime-endpoint', 'tcp://h:1'], 'notready: --runtime-endpoint "tcp://h:1": must be a unix socket'],
  [['diagnose', '--lang', 'fr'], 'notready: --lang "fr": notready speaks en and zh\n'],
  [['diagnose', '--bundle', '/no/such'], 'notready: /no/such: no such file\n'],
  [['diagnose', 'now'], 'notready: too many arguments for diagnose\n'],
  [['collect'], 'notready: -o, --output <file> must be given\n'],
  [['collect', '-o'], 'notready: -o, --output <file> needs a value\n'],
  [['explain'], 'notready: CAUSE is missing\n'],
];

for (const [args, says] of WRONG) {
  test(`wrong usage is one sentence and exit code 2: ${args.join(' ')}`, () => {
    const { code, stdout, stderr } = runCli(args);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.ok(stderr.startsWith(says), stderr);
    assert.ok(stderr.split('\n').length <= 3, stderr);
  });
}

test('a runtime endpoint that is there and no socket is refused before anything is examined', (t) => {
  const { code, stderr } = runCli(['diagnose', '--runtime-endpoint', temporaryDirectory(t)]);
  assert.equal(code, 2);
  assert.match(stderr, /: a directory, not a socket\n$/);
});

test('wrong usage is said in Chinese to who reads Chinese', () => {
  const { stderr } = runCli(['diagnos'], { LC_ALL: 'zh_CN.UTF-8' });
  assert.equal(stderr, 'notready: 没有命令 diagnos\n  您是不是想用：notready diagnose\n');
});

test('an unknown cause suggests the one that was meant', () => {
  const { code, stderr } = runCli(['explain', 'storage-unresponsiv']);
  assert.equal(code, 2);
  assert.match(stderr, /did you mean: notready explain storage-unresponsive/);
});

test('explain tells what a cause is, what shows it and what helps', () => {
  const { code, stdout } = runCli(['explain', 'storage-unresponsive']);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^storage-unresponsive: [\s\S]*\nShown by\n[\s\S]*\nTo confirm\n[\s\S]*✓ works: [\s\S]*✗ does not work: /,
  );
});

test('causes -o json lists every cause with its words', () => {
  const { code, stdout } = runCli(['causes', '-o', 'json', '--lang', 'zh']);
  assert.equal(code, 0);
  const causes: { cause: string; title: string; about: string }[] = JSON.parse(stdout);
  assert.ok(causes.some((c) => c.cause === 'storage-unresponsive' && /[一-龥]/.test(c.title)));
});

test('it starts by a link, by a link to a link, and by another folder’s relative path', (t) => {
  const directory = temporaryDirectory(t);
  symlinkSync(join(BIN, 'notready'), join(directory, 'first'));
  symlinkSync('first', join(directory, 'second'));
  for (const [program, cwd] of [
    [join(directory, 'second'), '/'],
    ['./second', directory],
    ['./notready', BIN],
  ] as const) {
    assert.match(execFileSync(program, ['--version'], { cwd, encoding: 'utf8' }), /^\d+\.\d+\.\d+\n$/);
  }
});

test('kubectl-notready is the same program under the name that kubectl users type', () => {
  const help = execFileSync(join(BIN, 'kubectl-notready'), ['--help'], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  });
  assert.match(help, /^Usage: kubectl notready /);
});

test('without a Node.js that is new enough it says in one line how to get one, exit code 3', (t) => {
  const root = temporaryDirectory(t);
  mkdirSync(join(root, 'bin'));
  copyFileSync(join(BIN, 'notready'), join(root, 'bin', 'notready'));
  writeFileSync(join(root, 'node'), '#!/bin/sh\necho v20.20.2\n', { mode: 0o755 });
  const { status, stderr } = spawnSync(join(root, 'bin', 'notready'), ['--help'], {
    encoding: 'utf8',
    env: { PATH: `${root}:/usr/bin:/bin` },
  });
  assert.equal(status, 3);
  assert.match(stderr, /^notready: Node\.js 26 or newer is needed: [^\n]+\n$/);
});
