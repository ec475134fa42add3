import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const folder = mkdtempSync(join(tmpdir(), 'reader-'));
after(() => rmSync(folder, { recursive: true }));
const hostModule = fileURLToPath(new URL('./linux-host.ts', import.meta.url));
const childModule = fileURLToPath(new URL('./reader-child.ts', import.meta.url));

function runScript(body: string, module: string = hostModule) {
  const script = join(folder, 'script.mjs');
  writeFileSync(script, `import { createLinuxHost } from ${JSON.stringify(module)};\n${body}`);
  return spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 20_000 });
}

async function isGone(pid: string): Promise<boolean> {
  for (let i = 0; i < 100 && existsSync(`/proc/${pid}`); i += 1) await delay(50);
  return !existsSync(`/proc/${pid}`);
}

test('an idle child neither keeps its parent alive nor outlives it', async () => {
  const ended = runScript(`
    const host = createLinuxHost();
    console.log((await host.files.readLink('/proc/self')).value);
  `);
  assert.equal(ended.status, 0, ended.stderr);
  assert.ok(await isGone(ended.stdout.trim()));
});

test('the parent ends although a read hangs, once it has its answer', () => {
  const fifo = join(folder, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const ended = runScript(`
    const host = createLinuxHost({ limits: { deadlineMs: 200 } });
    console.log((await host.files.readText(${JSON.stringify(fifo)})).error);
  `);
  assert.equal(ended.status, 0, ended.stderr);
  assert.equal(ended.stdout, 'STUCK\n');
});

test('it works from a bundle, with the child as an entry of its own', async () => {
  const bundle = await rolldown({ input: { host: hostModule, 'reader-child': childModule }, platform: 'node' });
  const dir = join(folder, 'dist');
  await bundle.write({ dir, entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name].mjs' });
  await bundle.close();
  const ended = runScript(
    `console.log((await createLinuxHost().files.readText('/proc/self/cmdline')).value);`,
    join(dir, 'host.mjs'),
  );
  assert.equal(ended.status, 0, ended.stderr);
  assert.match(ended.stdout, /dist\/reader-child\.mjs/);
});
