import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { type Header, pack } from 'tar-stream';
import { LabError } from './errors.ts';
import { BUSYBOX, SLEEP } from './runtimes/docker-api.ts';

type TarEntry = readonly [header: Partial<Header> & Pick<Header, 'name'>, content?: Buffer | string];

let built: Promise<Buffer> | null = null;

/**
 * The one image of the lab, made here without a registry, in the form of `docker save`, which dockerd and containerd
 * both load. It holds a static busybox, and links so that programs of the host run in it with /usr bound read-only.
 * Built once per process.
 */
export function labImage(): Promise<Buffer> {
  built ??= buildImage();
  return built;
}

async function buildImage(): Promise<Buffer> {
  const layer = await tar([
    ...['bin', 'etc', 'tmp', 'usr', 'opt', 'data', 'proc', 'sys', 'dev'].map(directory),
    link('lib', 'usr/lib'),
    link('lib64', 'usr/lib64'),
    file('bin/busybox', readFileSync(busybox()), 0o755),
    file('etc/passwd', 'root:x:0:0:root:/:/bin/busybox\n'),
  ]);
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: '2026-01-01T00:00:00Z',
    config: { Cmd: SLEEP, Env: ['PATH=/bin:/usr/bin:/opt'] },
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created: '2026-01-01T00:00:00Z', created_by: 'notready lab' }],
  });
  const configName = `${sha256(config)}.json`;
  const layerName = `${sha256(layer)}/layer.tar`;
  const manifest = JSON.stringify([{ Config: configName, RepoTags: [BUSYBOX], Layers: [layerName] }]);
  return tar([file(configName, config), file(layerName, layer), file('manifest.json', manifest)]);
}

function busybox(): string {
  const found = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new LabError({
    en: 'busybox is missing (package busybox-static)',
    zh: '缺少 busybox（软件包 busybox-static）',
  });
}

function file(name: string, content: Buffer | string, mode = 0o644): TarEntry {
  return [{ name, mode }, content];
}

function directory(name: string): TarEntry {
  return [{ name, type: 'directory', mode: 0o755 }];
}

function link(name: string, linkname: string): TarEntry {
  return [{ name, type: 'symlink', linkname, mode: 0o777 }];
}

async function tar(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, content] of entries) archive.entry({ ...header, mtime: new Date(0) }, content ?? '');
  archive.finalize();
  return buffer(archive);
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
