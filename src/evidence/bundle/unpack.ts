import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { UserError } from '../../text/user-error.ts';
import type { BundleLimits } from './format.ts';
import { quote, refuse, tooLarge } from './refusal.ts';

/**
 * Unpacks a `.tar.gz` into memory, by name. Nothing is written to disk.
 * @param path for messages
 * @throws UserError for anything but plain files with plain names, within the limits
 */
export async function unpackArchive(path: string, input: Readable, limits: BundleLimits): Promise<Map<string, Buffer>> {
  const tar = extract();
  const files = new Map<string, Buffer>();
  const packed = new PackedMeter(path, limits);
  const unpacked = new UnpackMeter(path, () => packed.bytes, limits);
  try {
    await Promise.all([pipeline(input, packed, createGunzip(), unpacked, tar), collect(path, tar, files, limits)]);
  } catch (error) {
    throw explain(path, error);
  }
  return files;
}

type Entry = AsyncIterable<unknown> & { readonly header: Header };

async function collect(
  path: string,
  tar: AsyncIterable<Entry>,
  files: Map<string, Buffer>,
  limits: BundleLimits,
): Promise<void> {
  let entries = 0;
  for await (const entry of tar) {
    entries += 1;
    if (entries > limits.entries) {
      throw refuse([path], {
        en: `more than ${limits.entries} files in it; a bundle has six`,
        zh: `包含超过 ${limits.entries} 个文件；正常的病例包只有六个`,
      });
    }
    const name = checkName(path, entry.header.name, entries);
    checkKind(path, name, entry.header.type ?? 'unknown');
    if (files.has(name)) {
      throw refuse([path, name], { en: 'two files of this name in the archive', zh: '归档中有两个同名文件' });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type !== 'directory') files.set(name, Buffer.concat(chunks));
  }
}

/** A leading `./`, as `tar c .` writes, is no harm. */
function checkName(path: string, given: string, position: number): string {
  const name = given.replace(/^(?:\.\/)+/, '');
  if (name.startsWith('/') || name.split('/').includes('..') || name.includes('\0') || name.includes('\\')) {
    throw refuse([path, `entry ${position}`], {
      en: `the name ${quote(given)} leads out of the archive`,
      zh: `文件名 ${quote(given)} 指向归档之外`,
    });
  }
  return name;
}

function checkKind(path: string, name: string, type: string): void {
  if (type === 'file' || type === 'contiguous-file' || type === 'directory') return;
  throw refuse([path, name], {
    en: `an entry of the type ${type}; a bundle holds plain files only`,
    zh: `归档中有 ${type} 类型的条目；病例包只能包含普通文件`,
  });
}

/** Stops a stream that never ends; one that unpacks to nothing too. */
class PackedMeter extends Transform {
  bytes = 0;
  readonly #path: string;
  readonly #limits: BundleLimits;

  constructor(path: string, limits: BundleLimits) {
    super();
    this.#path = path;
    this.#limits = limits;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.#limits.totalBytes) done(tooLarge(this.#path));
    else done(null, chunk);
  }
}

/** Stops a decompression bomb while it unpacks. */
class UnpackMeter extends Transform {
  #bytes = 0;
  readonly #path: string;
  readonly #packed: () => number;
  readonly #limits: BundleLimits;

  constructor(path: string, packed: () => number, limits: BundleLimits) {
    super();
    this.#path = path;
    this.#packed = packed;
    this.#limits = limits;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length;
    const { totalBytes, ratio, ratioFreeBytes } = this.#limits;
    if (this.#bytes > totalBytes) {
      done(
        refuse([this.#path], { en: `unpacks to more than ${totalBytes} bytes`, zh: `解压后超过 ${totalBytes} 字节` }),
      );
    } else if (this.#bytes > ratioFreeBytes && this.#bytes > ratio * this.#packed()) {
      done(
        refuse([this.#path], {
          en: `unpacks to more than ${ratio} times its size, as no bundle does`,
          zh: `解压后超过原大小的 ${ratio} 倍，不是正常的病例包`,
        }),
      );
    } else done(null, chunk);
  }
}

/** Our own refusals as they are; what zlib and tar-stream say, in a sentence. */
function explain(path: string, error: unknown): Error {
  if (error instanceof UserError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR' || message === 'Unexpected end of data') {
    return refuse(
      [path],
      { en: 'the archive ends too early', zh: '归档不完整，提前结束' },
      { en: 'it was cut short on the way; copy it again', zh: '可能传输中被截断，请重新拷贝' },
    );
  }
  if (code.startsWith('Z_')) {
    return refuse(
      [path],
      { en: 'not a gzip file, or a damaged one', zh: '不是 gzip 文件，或已损坏' },
      { en: 'a bundle is what `notready collect -o FILE` writes', zh: '病例包由 `notready collect -o FILE` 生成' },
    );
  }
  if (code !== '') return refuse([path], { en: `cannot be read: ${code}`, zh: `无法读取：${code}` });
  if (/tar header|Invalid header|Header exceeds/.test(message)) {
    return refuse([path], { en: 'not a tar archive inside, or a damaged one', zh: '内部不是 tar 归档，或已损坏' });
  }
  return error instanceof Error ? error : new Error(String(error));
}
