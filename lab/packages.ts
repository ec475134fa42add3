import { existsSync, readFileSync } from 'node:fs';
import type { Text } from '../src/text/text.ts';
import { LabError } from './errors.ts';
import { readOr } from './processes.ts';
import { run, runSync } from './run.ts';
import type { Need } from './scenario.ts';

/** A file that a need is met by, any one of the paths, and the Debian package that brings it. */
interface Requirement {
  readonly anyOf: readonly string[];
  readonly package: string;
  readonly fits?: (path: string) => boolean;
}

const BIN = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const program = (name: string, from: string): Requirement => ({ anyOf: BIN.map((d) => `${d}/${name}`), package: from });

const BUSYBOX: Requirement = { ...program('busybox', 'busybox-static'), fits: isStatic };
const CONTAINERD = [
  program('containerd', 'containerd'),
  program('ctr', 'containerd'),
  program('runc', 'runc'),
  BUSYBOX,
];

const REQUIRED: Readonly<Record<Need, readonly Requirement[]>> = {
  docker: [program('dockerd', 'docker.io'), program('docker', 'docker-cli'), ...CONTAINERD],
  containerd: [...CONTAINERD, { anyOf: ['/usr/lib/cni/loopback'], package: 'containernetworking-plugins' }],
  loop: [program('losetup', 'mount'), program('mkfs.ext4', 'e2fsprogs'), program('fsfreeze', 'util-linux')],
  fuse: [program('mount', 'mount')],
  cgroups: [],
  // The kubelet's dockershim asks for Pod addresses with nsenter and ip. Kubernetes itself: cluster/binaries.ts.
  cluster: [program('etcd', 'etcd-server'), program('ip', 'iproute2'), program('nsenter', 'util-linux')],
};

/** Where Debian's Go is, whichever its version. */
export const GO_ROOT = '/usr/lib/go';

/** What building Kubernetes takes, besides what every Debian has. */
const FOR_BUILD: readonly Requirement[] = [{ anyOf: [`${GO_ROOT}/bin/go`], package: 'golang-go' }];

/** Packages that are missing for these needs; empty when all is there. */
export function missingPackages(needs: readonly Need[]): string[] {
  return packagesFor(needs.flatMap((need) => REQUIRED[need]));
}

/** Packages that building Kubernetes takes and that are missing. */
export function missingForBuild(): string[] {
  return packagesFor(FOR_BUILD);
}

function packagesFor(requirements: readonly Requirement[]): string[] {
  return [...new Set(requirements.filter((r) => !isMet(r)).map((r) => r.package))].sort();
}

/** Why this machine cannot serve these needs whatever is installed; null where it can. */
export function whyNotHere(needs: readonly Need[]): Text | null {
  if (process.platform !== 'linux') return { en: 'real faults need Linux', zh: '真实故障需要 Linux' };
  if (process.getuid?.() !== 0) return { en: 'real faults need root', zh: '真实故障需要 root 权限' };
  if (needs.includes('fuse') && !existsSync('/dev/fuse')) return { en: 'no /dev/fuse here', zh: '此处没有 /dev/fuse' };
  if (needs.includes('loop') && !existsSync('/dev/loop-control')) {
    return { en: 'no loop devices here (/dev/loop-control)', zh: '此处没有 loop 设备（/dev/loop-control）' };
  }
  if (needs.includes('cgroups') && !hasWritableCgroups()) {
    return { en: 'no writable cgroups here', zh: '此处没有可写的 cgroup' };
  }
  return null;
}

/** Why packages cannot be installed here; null where they can. */
export function whyNotInstallable(): Text | null {
  if (process.getuid?.() !== 0) return { en: 'installing packages needs root', zh: '安装软件包需要 root 权限' };
  if (existsSync('/usr/bin/apt-get')) return null;
  return { en: 'packages can be installed on Debian and Ubuntu only', zh: '仅在 Debian 与 Ubuntu 上可安装软件包' };
}

/**
 * Installs packages with apt-get, asks nothing and starts no service: in a mount namespace of apt's own, the two
 * programs by which Debian's packages start their services are covered by `true`. Nothing of that remains.
 * @throws LabError with apt's last words
 */
export async function installPackages(packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  const cover =
    'for f in /usr/sbin/invoke-rc.d /usr/bin/deb-systemd-invoke; do [ ! -e "$f" ] || mount --bind /bin/true "$f"; done; exec "$@"';
  const apt = ['apt-get', '-y', '-q', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends'];
  const quietly = (...args: string[]): Promise<{ code: number | null; stderr: string; stdout: string }> =>
    run(['unshare', '--mount', '--propagation', 'private', '/bin/sh', '-c', cover, 'sh', ...apt, ...args], {
      timeoutMs: 480_000,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  const first = await quietly('install', ...known(packages));
  if (first.code === 0) return;
  // The lists may be missing or old, as in fresh images.
  await quietly('update');
  const second = await quietly('install', ...known(packages));
  if (second.code === 0) return;
  const words = second.stderr.trim().split('\n').slice(-2).join(' ');
  throw new LabError({
    en: `apt-get could not install ${packages.join(' ')}: ${words}`,
    zh: `apt-get 无法安装 ${packages.join(' ')}：${words}`,
  });
}

/** Debian 12 ships the docker client in docker.io and knows no docker-cli. */
function known(packages: readonly string[]): string[] {
  const hasCli = /Candidate: \d/.test(runSync(['apt-cache', 'policy', 'docker-cli']).stdout);
  return [...new Set(packages.map((name) => (name === 'docker-cli' && !hasCli ? 'docker.io' : name)))];
}

function isMet(requirement: Requirement): boolean {
  const fits = requirement.fits ?? existsSync;
  return requirement.anyOf.some((path) => existsSync(path) && fits(path));
}

/** No ELF interpreter named in its first page, where the program headers point. */
function isStatic(path: string): boolean {
  return !readFileSync(path).subarray(0, 4096).includes('/ld-');
}

function hasWritableCgroups(): boolean {
  return readOr('/proc/self/mounts', '')
    .split('\n')
    .some((line) => {
      const [, , type, options] = line.split(' ');
      return (type === 'cgroup' || type === 'cgroup2') && options?.split(',').includes('rw') === true;
    });
}
