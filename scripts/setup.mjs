// Runs on whatever Node.js (20 or newer) the machine has: installs the locked
// npm packages, among them the Node.js that everything else runs on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const stampFile = path.join(root, 'node_modules', '.notready-lock');
const wanted = 26;

/** Installs node_modules if they are missing or were made from another lock file. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  process.stderr.write('notready: installing npm packages (npm ci) ...\n');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (npm.status !== 0) {
    const why = npm.error ? npm.error.message : `npm ci ended with ${npm.status ?? npm.signal}`;
    fail(`the npm packages could not be installed: ${why}. Is the npm registry reachable?`);
  }
  writeFileSync(stampFile, lock);
}

/** Installs what is missing, builds dist/, which bin/notready prefers, and returns the Node.js to go on with. */
export function prepare() {
  installPackages();
  const node = findNode();
  if (!isBuilt()) build();
  return node;
}

function build() {
  const done = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8', env: environment() });
  if (done.status !== 0) fail(`the build failed: ${done.error?.message ?? `${done.stdout}${done.stderr}`}`);
}

/** As bin/notready asks: a build counts unless a source is newer. */
function isBuilt() {
  if (!existsSync(path.join(root, 'dist', 'main.mjs'))) return false;
  const newer = spawnSync('find', ['src', 'package-lock.json', '-newer', 'dist/main.mjs'], { cwd: root });
  return newer.status === 0 && newer.stdout.length === 0;
}

/** Path of a Node.js new enough to run notready: the one among the packages, else this one. */
function findNode() {
  const packaged = path.join(root, 'node_modules', '.bin', 'node');
  if (existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath;
  fail(`Node.js ${wanted} is needed; npm has it for Linux on x64 and arm64, elsewhere install it and try again.`);
}

/** PATH on which `node` is the one that runs notready. */
function environment() {
  return {
    ...process.env,
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  };
}

/** Runs a program in the checkout with our Node.js first on PATH; returns its exit code. */
export function run(program, args, env = {}) {
  const child = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...environment(), ...env } });
  if (child.error) fail(`${program} could not be started: ${child.error.message}`);
  return child.status ?? 1;
}

function fail(message) {
  process.stderr.write(`notready: ${message}\n`);
  process.exit(3);
}
