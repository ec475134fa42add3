import type { FileStat, FsStat, Host, Read, RunResult, StuckReadReport } from '../../src/host/host.ts';

/** What a path of the recorded machine answers: content, an errno, or silence. */
export type RecordedFile = string | Buffer | { error: string } | { stuck: true };

export interface RecordedMachine {
  /** Absolute path to content. Directories are implied by the paths below them. */
  files?: Record<string, RecordedFile>;
  /** Symbolic links. */
  links?: Record<string, string>;
  statfs?: Record<string, FsStat | { error: string } | { stuck: true }>;
  stats?: Record<string, FileStat>;
  /** Programs by their whole command line, arguments joined by spaces. */
  programs?: Record<string, Partial<RunResult>>;
  env?: Record<string, string>;
  now?: number;
  /** Called when a probe sleeps, so that a test can change what the second sample sees. */
  onSleep?: (machine: RecordedMachine) => void;
}

/** A host made of a table of paths: probes run on it without a machine, a clock or a wait. */
export function recordedHost(machine: RecordedMachine): Host {
  let now = machine.now ?? Date.UTC(2026, 10, 24, 6, 0, 0);
  const stuck: StuckReadReport[] = [];
  const hang = (operation: string, path: string): Read<never> => {
    stuck.push({ operation, path, waitedMs: 500, childPid: 9000 + stuck.length, childState: 'D', childWchan: null });
    return { ok: false, error: 'STUCK', tookMs: 500 };
  };
  const answer = <T>(
    operation: string,
    path: string,
    value: T | { error: string } | { stuck: true } | undefined,
  ): Read<T> => {
    if (value === undefined) return { ok: false, error: 'ENOENT', tookMs: 0 };
    if (typeof value === 'object' && value !== null && 'stuck' in value) return hang(operation, path);
    if (typeof value === 'object' && value !== null && 'error' in value)
      return { ok: false, error: value.error, tookMs: 0 };
    return { ok: true, value: value as T, tookMs: 0 };
  };
  const content = (operation: string, path: string): Read<Buffer> => {
    const found = answer<string | Buffer>(operation, path, machine.files?.[path]);
    return found.ok ? { ...found, value: Buffer.from(found.value as string) } : found;
  };
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      machine.onSleep?.(machine);
    },
    proc: (path = '') => join('/proc', path),
    sys: (path = '') => join('/sys', path),
    path: (path) => path,
    env: machine.env ?? {},
    run: async (argv) => ({
      code: null,
      stdout: '',
      stderr: '',
      timedOut: false,
      error: machine.programs?.[argv.join(' ')] ? null : 'ENOENT',
      ...machine.programs?.[argv.join(' ')],
    }),
    files: {
      readText: async (path, options) => {
        const read = content('read', path);
        return read.ok ? { ...read, value: read.value.subarray(0, options?.maxBytes).toString('utf8') } : read;
      },
      readBytes: async (path, offset, length) => {
        const read = content('read', path);
        const start = Number(offset);
        return read.ok ? { ...read, value: read.value.subarray(start, start + length) } : read;
      },
      list: async (path) => {
        const names = childNames(machine, path);
        return answer(
          'list',
          path,
          names.length > 0 ? names : (machine.files?.[path] as { error: string } | undefined),
        );
      },
      readLink: async (path) => answer('readlink', path, machine.links?.[path]),
      stat: async (path) => answer('stat', path, machine.stats?.[path]),
      statfs: async (path) => answer('statfs', path, machine.statfs?.[path]),
      stuck: () => stuck,
      unread: () => [],
      close: () => undefined,
    },
  };
}

function childNames(machine: RecordedMachine, directory: string): string[] {
  const prefix = directory.endsWith('/') ? directory : `${directory}/`;
  const paths = [...Object.keys(machine.files ?? {}), ...Object.keys(machine.links ?? {})];
  const below = paths.filter((p) => p.startsWith(prefix)).map((p) => p.slice(prefix.length).split('/')[0] ?? '');
  return [...new Set(below)];
}

function join(base: string, path: string): string {
  return path === '' ? base : `${base}/${path}`;
}
