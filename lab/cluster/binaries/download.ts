import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../../errors.ts';
import { identify, listOr } from '../../processes.ts';
import { asSourcePackages, isSourcesFile } from './apt-sources.ts';
import { sha256Of } from './cache.ts';
import { SOURCE, sourceVersions, upstreamOf } from './source.ts';
import { runStep, type Site, tryStep } from './step.ts';
import * as say from './texts.ts';

const APT = '/etc/apt';

/**
 * Downloads the source from the machine's own mirrors, checked. apt works on folders of ours throughout: the machine's
 * sources, lists and caches stay as they are.
 * @returns the tarball
 * @throws LabError
 */
export async function downloadSource(site: Site): Promise<string> {
  // Not in the site: apt downloads lists as a user of its own, who may not look into root's home.
  const { pid, startTicks } = identify(process.pid);
  const folder = mkdtempSync(join(tmpdir(), `notready-sources-${pid}-${startTicks}-`));
  site.later(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  chmodSync(folder, 0o755);
  const options = privateApt(folder);
  // One unreachable source of many does not matter, if another has the package.
  await tryStep(site, { what: say.READING_SOURCES, argv: ['apt-get', ...options, 'update'], timeoutMs: 300_000 });
  const argv = ['apt-cache', ...options, 'showsrc', SOURCE.package] as const;
  const versions = sourceVersions((await tryStep(site, { what: say.LOOKING_UP, argv, timeoutMs: 60_000 })).said);
  const version = versions.find((v) => upstreamOf(v) === SOURCE.upstream);
  if (version === undefined) throw new LabError(say.noSuchSource(versions, site.log));
  await runStep(site, {
    what: say.DOWNLOADING,
    argv: ['apt-get', ...options, 'source', '--download-only', '--tar-only', `${SOURCE.package}=${version}`],
    cwd: join(folder, 'download'),
    timeoutMs: 900_000,
  });
  return takeTarball(join(folder, 'download', SOURCE.tarball), site);
}

/** Makes the folders and gives apt's options for them. */
function privateApt(folder: string): string[] {
  for (const name of ['sources', 'lists/partial', 'cache', 'download']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const [name, path] of sourcesFiles()) {
    writeFileSync(join(folder, 'sources', name), asSourcePackages(name, readFileSync(path, 'utf8')));
  }
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(folder, 'sources'),
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  };
  return ['-q', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** Names and paths of the machine's own. */
function sourcesFiles(): [string, string][] {
  const parts = listOr(`${APT}/sources.list.d`).filter(isSourcesFile);
  const files = parts.map((name): [string, string] => [name, `${APT}/sources.list.d/${name}`]);
  return existsSync(`${APT}/sources.list`) ? [['sources.list', `${APT}/sources.list`], ...files] : files;
}

/** Checked where no one else can write. */
async function takeTarball(downloaded: string, site: Site): Promise<string> {
  const tarball = join(site.folder, SOURCE.tarball);
  copyFileSync(downloaded, tarball);
  const sha256 = await sha256Of(tarball);
  if (sha256 !== SOURCE.sha256) throw new LabError(say.wrongSource(SOURCE.tarball, sha256));
  return tarball;
}
