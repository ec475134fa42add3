import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly seconds: number;
  readonly exitCode: number | null;
  /** Highest resident memory of the process itself, MiB (VmHWM). */
  readonly ownMiB: number;
  /** Highest sum over the process and its children, proportional set size, MiB: pages they share count once. */
  readonly treeMiB: number;
}

const EVERY_MS = 40;

/** Runs a command to its end, watching its memory and that of its children. Linux only. */
export function measure(argv: readonly [string, ...string[]]): Promise<Measured> {
  const [program, ...args] = argv;
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let ownMiB = 0;
  let highest = 0;
  const timer = setInterval(() => {
    if (child.pid === undefined) return;
    ownMiB = Math.max(ownMiB, kilobytes(`/proc/${child.pid}/status`, 'VmHWM') / 1024);
    highest = Math.max(highest, treeMiB(child.pid));
  }, EVERY_MS);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearInterval(timer);
      resolve({ seconds: (performance.now() - started) / 1000, exitCode, ownMiB, treeMiB: highest });
    });
  });
}

/** Proportional set size of a process and its children now, MiB. */
export function treeMiB(root: number): number {
  const tree = [root, ...childrenOf(root)];
  return tree.reduce((total, pid) => total + kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss'), 0) / 1024;
}

function childrenOf(pid: number): number[] {
  return readOrEmpty(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function kilobytes(path: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readOrEmpty(path))?.[1] ?? 0);
}

/** The process may end between two looks: then there is nothing to read. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
