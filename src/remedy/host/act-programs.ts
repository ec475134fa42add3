import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { actRefusalOf, writeRefusalOf } from './act-list.ts';
import { type ActReply, type ActRequest, NO_RUN } from './act-protocol.ts';
import type { ActPrograms } from './deps.ts';

// Beside this module as source, or beside the bundle (or above its folder of chunks): as the reading child is found.
const CANDIDATES = ['./act-child.ts', './act-child.mjs', '../act-child.mjs'] as const;
const CHILD_FLAGS = ['--max-old-space-size=64', '--v8-pool-size=1', '--no-warnings'];
/** For the child to start, and to end the program and say so. */
const GRACE_MS = 4000;
const MAX_REPLY = 1_048_576;

/** Runs each program and does each write from a child of its own, which is left behind where it hangs. */
export function actPrograms(): ActPrograms {
  return {
    run: async (argv, { timeoutMs, atDeadline }) => {
      const refusal = actRefusalOf(argv);
      if (refusal !== null) return { ...NO_RUN, error: refusal };
      const reply = await inChild({ op: 'run', argv, timeoutMs, atDeadline }, timeoutMs);
      if (typeof reply === 'string') return { ...NO_RUN, timedOut: reply === 'TIMEOUT', error: reply };
      return 'run' in reply ? reply.run : { ...NO_RUN, error: 'MALFORMED' };
    },
    write: async (path, text, timeoutMs) => {
      const refusal = writeRefusalOf(path, text);
      if (refusal !== null) return refusal;
      const reply = await inChild({ op: 'write', path, text }, timeoutMs);
      if (typeof reply === 'string') return reply;
      return 'written' in reply ? reply.written : 'MALFORMED';
    },
  };
}

/** @returns an errno name, `TIMEOUT` or `CRASHED` where there is no answer */
function inChild(request: ActRequest, timeoutMs: number): Promise<ActReply | string> {
  const child = spawn(process.execPath, [...CHILD_FLAGS, findActChild(), JSON.stringify(request)], {
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'ignore'],
    // It must outlive us with what it started.
    detached: true,
  });
  let said = '';
  child.stdout.setEncoding('utf8');
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.unref();
      child.stdout.destroy();
      resolve('TIMEOUT');
    }, timeoutMs + GRACE_MS);
    child.stdout.on('data', (text: string) => {
      said = (said + text).slice(0, MAX_REPLY);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(error.code ?? 'CRASHED');
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(parse(said));
    });
  });
}

function parse(said: string): ActReply | string {
  try {
    return JSON.parse(said) as ActReply;
  } catch (error) {
    if (error instanceof SyntaxError) return 'CRASHED';
    throw error;
  }
}

/** @throws where the installation lacks it */
function findActChild(): string {
  const paths = CANDIDATES.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`act-child is missing from this installation: looked for ${paths.join(', ')}`);
  return found;
}
