// The disposable child that writes a bundle: the disk that the user chose may be the one that hangs, and a process with
// a thread that hangs in the kernel cannot end, however it tries. Asked by its argument, it answers by one line of JSON.
import { buffer } from 'node:stream/consumers';
import { checkDestination, publishFile } from '../evidence/bundle/publish-file.ts';
import type { Text } from '../text/text.ts';
import { UserError } from '../text/user-error.ts';

export interface WriteRequest {
  readonly path: string;
  readonly force: boolean;
  /** Bytes that follow on stdin; null: only see whether the file could be written. */
  readonly length: number | null;
}

/** null: done. */
export type WriteAnswer = { readonly text: Text; readonly hint: Text | null } | null;

async function answer({ path, force, length }: WriteRequest): Promise<WriteAnswer> {
  try {
    if (length === null) await checkDestination(path, { force });
    else await publishFile(path, await wholeInput(length), { force });
    return null;
  } catch (error) {
    if (error instanceof UserError) return { text: error.text, hint: error.hint };
    throw error;
  }
}

/** Less comes where the parent was ended meanwhile: half a bundle is none. */
async function wholeInput(length: number): Promise<Buffer> {
  const bytes = await buffer(process.stdin);
  if (bytes.length !== length) throw new Error(`${bytes.length} bytes came, not ${length}`);
  return bytes;
}

process.stdout.write(JSON.stringify(await answer(JSON.parse(process.argv[2] ?? '') as WriteRequest)));
