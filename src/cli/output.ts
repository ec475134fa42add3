import { UserError } from '../text/user-error.ts';

/** Writes to stdout and waits until it is handed over: `process.exit` right after must not cut it. */
export async function print(text: string | Uint8Array): Promise<void> {
  await write(process.stdout, text);
}

/** Writes to stderr: what is not the answer itself. */
export async function printAside(text: string): Promise<void> {
  await write(process.stderr, text);
}

/** A stream's errors come with the write that met them, see below; without a listener they would end the process too. */
export function listenForWriteErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Columns to write in: those of the terminal, 80 when piped or not known. */
export function outputWidth(stream: NodeJS.WriteStream = process.stdout): number {
  return (stream.isTTY && stream.columns) || 80;
}

/**
 * A reader that went away (`notready diagnose | head -1`) is no error: what it did not want is dropped, and the exit
 * code stays that of the diagnosis.
 */
function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
      if (code === undefined || code === 'EPIPE') resolve();
      else reject(cannotWrite(code));
    });
  });
}

function cannotWrite(code: string): UserError {
  return new UserError({ en: `the output cannot be written: ${code}`, zh: `无法写入输出：${code}` });
}
