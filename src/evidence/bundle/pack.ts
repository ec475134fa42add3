import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { pack as tarPack } from 'tar-stream';
import type { CaseFile } from '../case-file.ts';
import { BUNDLE_FORMAT, MANIFEST, type Manifest, READABLE_SINCE, README, TABLES, tableFile } from './format.ts';
import { README_TEXT } from './readme.ts';

/** The files of a bundle in the order they are packed. Equal case files give equal bytes. */
export function bundleFiles(caseFile: CaseFile): ReadonlyMap<string, Buffer> {
  const content: [string, Buffer][] = [
    [README, Buffer.from(README_TEXT)],
    ...TABLES.map((table): [string, Buffer] => [tableFile(table), jsonLines(caseFile[table])]),
  ];
  const manifest: Manifest & { readableSince: string } = {
    format: BUNDLE_FORMAT,
    formatVersion: caseFile.formatVersion,
    readableSince: READABLE_SINCE,
    tool: caseFile.tool,
    examined: caseFile.examined,
    files: content.map(([name, bytes]) => ({
      name,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
  const [readme, ...tables] = content;
  const manifestFile: [string, Buffer] = [MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)];
  return new Map(readme ? [readme, manifestFile, ...tables] : [manifestFile]);
}

/** A case file as one `.tar.gz`. Times inside are the examination's, so that equal case files give equal bytes. */
export async function packBundle(caseFile: CaseFile): Promise<Buffer> {
  const tar = tarPack();
  const mtime = new Date(caseFile.examined.to);
  for (const [name, bytes] of bundleFiles(caseFile)) tar.entry({ name, mtime, mode: 0o644 }, bytes);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return promisify(gzip)(Buffer.concat(chunks), { level: constants.Z_BEST_COMPRESSION });
}

function jsonLines(records: readonly unknown[]): Buffer {
  return Buffer.from(records.map((r) => `${JSON.stringify(r, refuseLossy)}\n`).join(''));
}

/** JSON would turn these into null without a word, and the bundle would not be what was seen. */
function refuseLossy(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${key} is ${value}: not a fact`);
  return value;
}
