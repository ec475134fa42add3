import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { until } from '../../lab/wait.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'notready');

/** `bin/notready` in a terminal of its own, 80 by 24, made by script(1) of util-linux. */
export interface InTerminal {
  /** All that was written so far. */
  readonly written: () => string;
  untilWritten(what: RegExp): Promise<void>;
  press(keys: string): void;
  signal(signal: NodeJS.Signals): void;
  readonly exitCode: Promise<number | null>;
}

export function inTerminal(t: TestContext, args: readonly string[]): InTerminal {
  const command = `stty cols 80 rows 24; echo pid=$$; exec ${[PROGRAM, ...args].map((a) => `'${a}'`).join(' ')}`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '1', SHELL: '/bin/sh' },
  });
  t.after(() => child.kill('SIGKILL'));
  const chunks: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const written = (): string => chunks.join('');
  return {
    written,
    untilWritten: async (what) => {
      await until({ en: String(what), zh: String(what) }, () => what.test(written()));
    },
    press: (keys) => child.stdin.write(keys),
    signal: (signal) => {
      process.kill(Number(/pid=(\d+)/.exec(written())?.[1]), signal);
    },
    exitCode: new Promise((resolve) => child.once('close', resolve)),
  };
}
