import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { bundleFiles } from '../../src/evidence/bundle/pack.ts';
import { frozenStorageCase } from './case-samples.ts';

/** One entry of an archive under construction. */
export interface Entry {
  readonly name: string;
  readonly bytes?: Buffer | string;
  readonly header?: Partial<Header>;
}

/** The entries of a sound bundle. */
export function soundEntries(): Entry[] {
  return [...bundleFiles(frozenStorageCase())].map(([name, bytes]) => ({ name, bytes }));
}

/** A sound bundle with one file's text changed and the manifest's checksums made to match again. */
export function entriesWith(changes: Readonly<Record<string, (text: string) => string>>): Entry[] {
  const files = new Map<string, Buffer>(bundleFiles(frozenStorageCase()));
  for (const [name, change] of Object.entries(changes)) {
    files.set(name, Buffer.from(change(files.get(name)?.toString('utf8') ?? '')));
  }
  if (!Object.hasOwn(changes, 'manifest.json')) files.set('manifest.json', resealed(files));
  return [...files].map(([name, bytes]) => ({ name, bytes }));
}

function resealed(files: ReadonlyMap<string, Buffer>): Buffer {
  const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '');
  for (const listed of manifest.files) {
    const bytes = files.get(listed.name) ?? Buffer.alloc(0);
    listed.bytes = bytes.length;
    listed.sha256 = createHash('sha256').update(bytes).digest('hex');
  }
  return Buffer.from(JSON.stringify(manifest));
}

/** Entries as a `.tar.gz`, whatever they are. */
export async function archive(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, bytes = '', header = {} } of entries) tar.entry({ name, ...header }, bytes);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
