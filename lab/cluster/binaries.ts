import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Text } from '../../src/text/text.ts';
import { LabError } from '../errors.ts';
import { installPackages, missingForBuild, missingPackages, whyNotInstallable } from '../packages.ts';
import { assetsFolder, readAssets } from './binaries/assets.ts';
import { build } from './binaries/build.ts';
import { cacheParent, findCached } from './binaries/cache.ts';
import { cleaningUp, type Later } from './binaries/cleanup.ts';
import { installedGo } from './binaries/go.ts';
import { takeLock } from './binaries/lock.ts';
import type { KubernetesBinaries } from './binaries/set.ts';
import * as say from './binaries/texts.ts';

export type { KubernetesBinaries } from './binaries/set.ts';

/** What a build takes for a while; most of it is Go's build cache. */
const ROOM_GIB = 4;

/** Where they are now, without building; null where they would have to be built. */
export function findBinaries(): KubernetesBinaries | null {
  const folder = assetsFolder();
  if (folder === null) return findCached();
  const assets = readAssets(folder);
  return 'found' in assets ? assets.found : null;
}

/** Why they cannot be had here, with what to do; null where they can. */
export function whyNoBinaries(): Text | null {
  if (process.platform !== 'linux') return say.LINUX_ONLY;
  const folder = assetsFolder();
  if (folder !== null) {
    const assets = readAssets(folder);
    return 'why' in assets ? assets.why : null;
  }
  return findCached() === null ? whyNoBuild() : null;
}

/**
 * Gets them: from `KUBEBUILDER_ASSETS` where that is set, else from the cache, else by a build of some minutes. A second
 * process waits for the first one's build.
 * @throws LabError
 */
export async function getBinaries(print: (text: Text) => void): Promise<KubernetesBinaries> {
  const found = findBinaries();
  if (found) return found;
  const why = whyNoBinaries();
  if (why) throw new LabError(why);
  return cleaningUp((later) => prepare(print, later));
}

async function prepare(print: (text: Text) => void, later: Later): Promise<KubernetesBinaries> {
  mkdirSync(cacheParent(), { recursive: true });
  const lock = join(cacheParent(), 'kubernetes.lock');
  await takeLock(lock, later, (pid, seconds) => print(say.waitsFor(pid, seconds)));
  // etcd alone may be what is missing, or another process has built meanwhile.
  await install(missingPackages(['cluster']), print);
  const found = findCached();
  if (found) return found;
  await install(missingForBuild(), print);
  const go = installedGo();
  if (go === null) throw new LabError(say.NO_GO);
  await build(go, print, later);
  const made = findCached();
  if (made === null) throw new LabError(say.GONE);
  return made;
}

async function install(packages: readonly string[], print: (text: Text) => void): Promise<void> {
  if (packages.length === 0) return;
  print(say.installing(packages));
  await installPackages(packages);
}

function whyNoBuild(): Text | null {
  const missing = [...missingPackages(['cluster']), ...missingForBuild()];
  const why = missing.length === 0 ? null : whyNotInstallable();
  if (why) return say.cannotInstall(missing, why);
  if (!existsSync('/usr/bin/apt-get')) return say.NO_APT;
  const { bavail, bsize } = statfsSync(existing(cacheParent()));
  const free = (bavail * bsize) / 2 ** 30;
  return free < ROOM_GIB ? say.noRoom(cacheParent(), ROOM_GIB, free.toFixed(1)) : null;
}

/** The nearest folder above that is there. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}
