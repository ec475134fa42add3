import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LogsCase, LogsRequest } from '../logs/read-case.ts';

export type LogsQuestion = Omit<LogsRequest, 'scan' | 'signal'>;
export type LogsAnswer = { readonly read: LogsCase } | { readonly failed: string };

/** Reads logs in a child that may be left behind. null where none could be started. */
export async function readInChild(question: LogsQuestion): Promise<LogsCase | null> {
  const child = await startReader();
  if (child === null) return null;
  try {
    const answer = await ask(child, question);
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.read;
  } finally {
    leave(child);
  }
}

async function startReader(): Promise<ChildProcess | null> {
  try {
    // It may read standard input; standard output must not stay open in one that hangs.
    const stdio = ['inherit', 'ignore', 'ignore', 'ipc'] as const;
    const child = fork(readerEntry(), [], { stdio: [...stdio], serialization: 'advanced' });
    await once(child, 'spawn');
    return child;
  } catch {
    // A host without a free pid or descriptor: read here, then.
    return null;
  }
}

function ask(child: ChildProcess, question: LogsQuestion): Promise<LogsAnswer> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: LogsAnswer) => resolve(answer));
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the process that reads logs ended (${signal ?? code})`)));
    child.send(question);
  });
}

/** One that hangs in the kernel is not waited for: it ends when the kernel lets it go. */
function leave(child: ChildProcess): void {
  child.kill('SIGKILL');
  child.unref();
  if (child.connected) child.disconnect();
}

/** Beside this module, as source or as an entry of its own of the built program. */
function readerEntry(): string {
  const name = import.meta.url.endsWith('.ts') ? 'logs-reader.ts' : 'logs-reader.mjs';
  return fileURLToPath(new URL(name, import.meta.url));
}
