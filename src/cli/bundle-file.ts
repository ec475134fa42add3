import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { UserError } from '../text/user-error.ts';
import type { WriteAnswer, WriteRequest } from './bundle-writer.ts';
import { withPatience } from './patience.ts';

interface BundleFileOptions {
  /** Replace a plain file that is there. */
  readonly force?: boolean;
  readonly patienceMs?: number;
}

/**
 * Early, so that nobody waits for an examination whose result cannot be kept.
 * @throws UserError where a bundle could not be written there
 */
export async function checkBundleFile(path: string, options: BundleFileOptions = {}): Promise<void> {
  await askWriter({ path, force: options.force ?? false, length: null }, Buffer.alloc(0), options.patienceMs);
}

/**
 * Writes a packed bundle to a file, whole or not at all.
 * @throws UserError where it cannot be written, or its filesystem does not answer
 */
export async function saveBundleFile(path: string, bytes: Buffer, options: BundleFileOptions = {}): Promise<void> {
  await askWriter({ path, force: options.force ?? false, length: bytes.length }, bytes, options.patienceMs);
}

type Writer = ChildProcessByStdio<Writable, Readable, null>;

async function askWriter(request: WriteRequest, bytes: Buffer, patienceMs?: number): Promise<void> {
  const writer = await startWriter(request);
  // A host without a free pid, process or descriptor must still let its evidence out.
  if (writer === null) return withPatience(request.path, writeHere(request, bytes), patienceMs);
  try {
    const answer = await withPatience(request.path, ask(writer, bytes), patienceMs);
    if (answer !== null) throw new UserError(answer.text, answer.hint);
  } finally {
    leave(writer);
  }
}

async function startWriter(request: WriteRequest): Promise<Writer | null> {
  try {
    const writer = spawn(process.execPath, [writerEntry(), JSON.stringify(request)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(writer, 'spawn');
    return writer;
  } catch {
    return null;
  }
}

async function writeHere({ path, force, length }: WriteRequest, bytes: Buffer): Promise<void> {
  const { checkDestination, publishFile } = await import('../evidence/bundle/publish-file.ts');
  await (length === null ? checkDestination(path, { force }) : publishFile(path, bytes, { force }));
}

async function ask(writer: Writer, bytes: Buffer): Promise<WriteAnswer> {
  // A writer that ended before it took all has said why, or says nothing: either is told below.
  writer.stdin.on('error', () => undefined);
  writer.stdin.end(bytes);
  const answer = await text(writer.stdout);
  if (answer === '') throw new Error('the process that writes the bundle ended without an answer');
  return JSON.parse(answer) as WriteAnswer;
}

/** One that hangs in the kernel is not waited for: it ends when the kernel lets it go. */
function leave(writer: Writer): void {
  writer.kill('SIGKILL');
  writer.stdin.destroy();
  writer.stdout.destroy();
  writer.unref();
}

/** Beside this module, as source or as an entry of its own of the built program. */
function writerEntry(): string {
  const name = import.meta.url.endsWith('.ts') ? 'bundle-writer.ts' : 'bundle-writer.mjs';
  return fileURLToPath(new URL(name, import.meta.url));
}
