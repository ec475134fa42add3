import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { until } from '../../lab/wait.ts';
import { type WatchLine, watchLineSchema } from '../../src/watch/lines/schema.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'notready');

/** A running `notready watch -o json`. */
export interface WatchProcess {
  /** All so far, each held against the schema. */
  readonly lines: readonly WatchLine[];
  /** Waits for a line. */
  untilLine<T extends WatchLine['type']>(
    type: T,
    is: (line: Extract<WatchLine, { type: T }>) => boolean,
  ): Promise<Extract<WatchLine, { type: T }>>;
  /** Sends SIGTERM and waits. @returns the exit code */
  end(): Promise<number | null>;
}

export function watchProcess(t: TestContext, args: readonly string[]): WatchProcess {
  const child = spawn(PROGRAM, ['watch', '-o', 'json', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  t.after(() => child.kill('SIGKILL'));
  const lines: WatchLine[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(watchLineSchema.parse(JSON.parse(line))));
  return {
    lines,
    untilLine: (type, is) =>
      until({ en: `a line ${type}`, zh: `${type} 行` }, () => {
        for (const line of lines) if (isOfType(line, type) && is(line)) return line;
        return null;
      }),
    end: async () => {
      child.kill('SIGTERM');
      return closed;
    },
  };
}

function isOfType<T extends WatchLine['type']>(line: WatchLine, type: T): line is Extract<WatchLine, { type: T }> {
  return line.type === type;
}
