import { createHash } from 'node:crypto';
import { CASE_FORMAT_VERSION } from '../case-file.ts';
import {
  BUNDLE_FORMAT,
  MANIFEST,
  type Manifest,
  manifestSchema,
  manifestVersionSchema,
  TABLES,
  tableFile,
} from './format.ts';
import { parseJson, whatIsWrong, withoutControlCharacters } from './records.ts';
import { refuse } from './refusal.ts';

/**
 * Reads the manifest and holds the tables against its checksums.
 * @param where the bundle's path, for messages
 * @throws UserError
 */
export function parseManifest(where: string, files: ReadonlyMap<string, Buffer>): Manifest {
  const bytes = files.get(MANIFEST);
  if (!bytes) {
    throw refuse(
      [where],
      { en: `no ${MANIFEST} in it, so this is not a bundle`, zh: `其中没有 ${MANIFEST}，不是病例包` },
      { en: 'a bundle is what `notready collect -o FILE` writes', zh: '病例包由 `notready collect -o FILE` 生成' },
    );
  }
  const json = parseJson([where, MANIFEST], bytes.toString('utf8'));
  checkVersion([where, MANIFEST], json);
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw refuse([where, MANIFEST], whatIsWrong(parsed.error));
  for (const table of TABLES) checkFile(where, tableFile(table), files, parsed.data);
  return withoutControlCharacters(parsed.data);
}

function checkVersion(where: readonly string[], json: unknown): void {
  const parsed = manifestVersionSchema.safeParse(json);
  if (!parsed.success) throw refuse(where, whatIsWrong(parsed.error));
  const { format, formatVersion, readableSince } = parsed.data;
  if (format !== BUNDLE_FORMAT) {
    throw refuse(where, { en: `the format is not "${BUNDLE_FORMAT}"`, zh: `格式不是 "${BUNDLE_FORMAT}"` });
  }
  if (formatVersion === CASE_FORMAT_VERSION) return;
  const needed = /^\d+\.\d+\.\d+$/.test(readableSince ?? '') ? ` ${readableSince}` : '';
  throw refuse(
    where,
    {
      en: `format version ${formatVersion}; this notready reads version ${CASE_FORMAT_VERSION}`,
      zh: `格式版本为 ${formatVersion}，当前 notready 只能读取版本 ${CASE_FORMAT_VERSION}`,
    },
    needed
      ? { en: `notready${needed} or newer reads it`, zh: `请使用 notready${needed} 或更新的版本` }
      : { en: 'use the notready that wrote it, or a newer one', zh: '请使用生成它的 notready 版本或更新的版本' },
  );
}

function checkFile(where: string, name: string, files: ReadonlyMap<string, Buffer>, manifest: Manifest): void {
  const listed = manifest.files.find((f) => f.name === name);
  const bytes = files.get(name);
  if (!bytes || !listed) {
    throw refuse([where, bytes ? MANIFEST : name], {
      en: bytes ? `does not list ${name}` : 'missing',
      zh: bytes ? `没有列出 ${name}` : '缺少该文件',
    });
  }
  if (bytes.length !== listed.bytes || createHash('sha256').update(bytes).digest('hex') !== listed.sha256) {
    throw refuse(
      [where, name],
      { en: 'does not match its checksum in the manifest', zh: '与 manifest 中的校验和不符' },
      { en: 'the bundle was changed or damaged; copy it again', zh: '病例包被改动或已损坏，请重新拷贝' },
    );
  }
}
