import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { TooMuch } from './limits.ts';

/** A plain file in a tar. */
export interface TarMember {
  /** As it stands in the tar, without a leading `./`. Only a name: nothing is ever written to disk. */
  readonly name: string;
  /** Unix ms. */
  readonly modifiedAt: number | null;
  readonly size: number;
  /** Need not be read, nor to the end. Over with the next member. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A tar ended early, or is none any more from some place on. */
export class TarError extends Error {
  readonly kind: 'cut-off' | 'damaged';
  /** Where in the archive as it is on disk is not known. */
  readonly offset = null;

  constructor(kind: TarError['kind'], detail: string) {
    super(detail);
    this.kind = kind;
  }
}

/** So much of a tar's begin tells that it is one. */
export const TAR_START = 512;

/** POSIX's and GNU's tars say so in the first header. Source: POSIX pax, ustar interchange format. */
export function isTar(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(257, 262)).toString('latin1') === 'ustar';
}

/** Everything in a tar, in its order; what is no plain file (folders, links, devices, sparse files) is null. */
export async function* tarMembers(tar: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember | null> {
  const unpacker = extract();
  let failure: unknown = null;
  const fed = pipeline(Readable.from(tar, { objectMode: false }), unpacker).catch((error: unknown) => {
    failure ??= error;
  });
  try {
    for await (const entry of unpacker) {
      const rest = (entry as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
      yield isPlain(entry.header) ? memberOf(entry.header, rest) : null;
      await drain(rest);
    }
    await fed;
  } catch (error) {
    throw explain(failure ?? error);
  } finally {
    unpacker.destroy();
  }
  if (failure !== null) throw explain(failure);
}

// The entry must not be destroyed: that would end the whole tar.
async function drain(rest: AsyncIterator<Uint8Array>): Promise<void> {
  while ((await rest.next()).done !== true);
}

function memberOf({ name, mtime, size }: Header, rest: AsyncIterator<Uint8Array>): TarMember {
  const bytes = { [Symbol.asyncIterator]: () => ({ next: () => rest.next() }) };
  const modifiedAt = mtime === undefined || mtime.getTime() <= 0 ? null : mtime.getTime();
  return { name: name.replace(/^(?:\.\/)+/, ''), modifiedAt, size, bytes };
}

function isPlain({ type, pax }: Header): boolean {
  const sparse = Object.keys(pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
  return (type === 'file' || type === 'contiguous-file') && !sparse;
}

function explain(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof TooMuch || 'code' in error || 'kind' in error) return error;
  return error.message === 'Unexpected end of data'
    ? new TarError('cut-off', error.message)
    : new TarError('damaged', error.message);
}
