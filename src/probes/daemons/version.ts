import type { Host } from '../../host/host.ts';
import type { Daemon } from './identify.ts';
import { sharesNamespace } from './namespaces.ts';

/**
 * The first version number of a `--version` answer, without its `v`: `Docker version 20.10.24+dfsg1, build 297e128`,
 * `containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+b1`, `Kubernetes v1.20.2`, `crio version 1.24.1`.
 */
export function parseVersion(text: string): string | null {
  return /(?:^|[\s(])v?(\d+\.\d+\.\d+[^\s,)]{0,60})/.exec(text)?.[1] ?? null;
}

const TIMEOUT_MS = 1500;
/** Programs are run a few at a time; what waits longer than this for its turn is done without. */
const PATIENCE_MS = 2500;

/**
 * Asks the programs of daemons for their versions, each program once, and answers by pid. Null where a version cannot
 * be told honestly: the file was replaced since (an upgrade without a restart), lies in another mount namespace, is not
 * one that may be run, or hangs. The host runs only allow-listed programs whose whole path belongs to root and is not
 * writable by others.
 */
export function readVersions(host: Host, daemons: readonly Daemon[]): ReadonlyMap<number, Promise<string | null>> {
  const asked = new Map<string, Promise<string | null>>();
  const versionOf = async ({ process: { pid, exe } }: Daemon): Promise<string | null> => {
    if (exe === null || !(await isOurFile(host, pid, exe))) return null;
    const answer = asked.get(exe) ?? ask(host, exe);
    asked.set(exe, answer);
    return answer;
  };
  return new Map(daemons.map((d) => [d.process.pid, versionOf(d)]));
}

async function ask(host: Host, path: string): Promise<string | null> {
  const { promise: tooLong, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  const ran = await Promise.race([host.run([path, '--version'], { timeoutMs: TIMEOUT_MS, maxBytes: 4096 }), tooLong]);
  clearTimeout(timer);
  return ran?.code === 0 ? parseVersion(ran.stdout) : null;
}

async function isOurFile(host: Host, pid: number, exe: string): Promise<boolean> {
  return exe.startsWith('/') && !exe.endsWith(' (deleted)') && (await sharesNamespace(host, pid, 'mnt'));
}
