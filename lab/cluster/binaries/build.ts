import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Text } from '../../../src/text/text.ts';
import { identify, isRunning, listOr } from '../../processes.ts';
import { cacheFolder, cacheParent, writeStamp } from './cache.ts';
import type { Later } from './cleanup.ts';
import { downloadSource } from './download.ts';
import type { Go } from './go.ts';
import * as recipe from './recipe.ts';
import { runStep, type Site, secondsSince } from './step.ts';
import * as say from './texts.ts';

/** Named after the process that builds: of the program's cache and of the source's download. */
const DRAFT = /^(?:kubernetes-[0-9a-f]+\.building|notready-sources)-(\d+)-(\d+)(?:-\w+)?$/;
const MINUTE = 60_000;

/**
 * Builds into the cache. Whoever calls this has the cache's lock.
 * @throws LabError
 */
export async function build(go: Go, print: (text: Text) => void, later: Later): Promise<void> {
  removeLeftDrafts();
  const target = cacheFolder(go.version);
  const site = openSite(target, print, later);
  print(say.STARTS);
  const tree = await unpack(site, await downloadSource(site));
  const env = recipe.goEnvironment(go.root, site.folder);
  await generateApi(site, go, tree, env);
  const out = join(site.folder, 'out');
  mkdirSync(out);
  await runStep(site, {
    what: say.COMPILING,
    argv: recipe.buildPrograms(go.program, `${out}/`),
    cwd: tree,
    env,
    timeoutMs: 50 * MINUTE,
    progress: howFar,
  });
  await keep(out, target, go);
  rmSync(site.log, { force: true });
  print(say.built(target, secondsSince(site.since)));
}

function openSite(target: string, print: Site['print'], later: Later): Site {
  const { pid, startTicks } = identify(process.pid);
  const folder = `${target}.building-${pid}-${startTicks}`;
  const log = `${target}.log`;
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  later(() => removeDraft(folder));
  rmSync(log, { force: true });
  return { folder, log, since: Date.now(), print, later };
}

/** @returns the tree, at its place in a GOPATH */
async function unpack(site: Site, tarball: string): Promise<string> {
  const tree = join(site.folder, 'gopath/src', recipe.IMPORT_PATH);
  mkdirSync(tree, { recursive: true });
  const argv = ['tar', '-xzf', tarball, '-C', tree, '--strip-components=1', '--no-same-owner'] as const;
  await runStep(site, { what: say.UNPACKING, argv, timeoutMs: 10 * MINUTE });
  return tree;
}

async function generateApi(site: Site, go: Go, cwd: string, env: Record<string, string>): Promise<void> {
  const generator = join(site.folder, 'openapi-gen');
  const timeoutMs = 15 * MINUTE;
  const argv = recipe.buildGenerator(go.program, generator);
  await runStep(site, { what: say.BUILDING_GENERATOR, argv, cwd, env, timeoutMs });
  const files = await runStep(site, { what: say.FINDING_API, argv: recipe.FIND_OPENAPI, cwd, timeoutMs });
  const generate = recipe.generateOpenapi(generator, recipe.packagesOf(files));
  await runStep(site, { what: say.GENERATING, argv: generate, cwd, env, timeoutMs });
}

function howFar(said: string): Text {
  const packages = said.trimEnd().split('\n');
  return say.compiled(packages.length, recipe.ABOUT_PACKAGES, packages.at(-1)?.split('/vendor/').at(-1) ?? '');
}

/** Puts what was built in its place in one step. */
async function keep(out: string, target: string, go: Go): Promise<void> {
  await writeStamp(out, go.version);
  // What is there is not whole, or it would have been used.
  rmSync(target, { recursive: true, force: true });
  renameSync(out, target);
}

/** Drafts of builds whose process was killed. */
function removeLeftDrafts(): void {
  for (const parent of [cacheParent(), tmpdir()]) {
    for (const name of listOr(parent)) {
      const [, pid, startTicks] = DRAFT.exec(name) ?? [];
      if (pid === undefined || isRunning({ pid: Number(pid), startTicks: Number(startTicks) })) continue;
      removeDraft(join(parent, name));
    }
  }
}

/** Again and again for a second: what was just killed may still be writing. */
function removeDraft(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
}
