// `node scripts/complete-lock.mjs`, after a change of dependencies: npm leaves the binaries of other platforms out of
// package-lock.json where the registry in use does not have them, and `npm ci` then refuses the file everywhere. Adds
// what is missing by name, so that they are known and, on Linux, skipped.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'wasi'];
const CPU = ['arm64', 'armv7', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const wanted = Object.values(lock.packages).flatMap((p) =>
  Object.entries(p.optionalDependencies ?? {}).map(([name, version]) => ({ name, version, dev: p.dev === true })),
);
for (const { name, version, dev } of wanted) {
  const words = name.split(/[/-]/);
  lock.packages[`node_modules/${name}`] ??= {
    version,
    cpu: CPU.filter((cpu) => words.includes(cpu)).map((cpu) => (cpu === 'armv7' ? 'arm' : cpu)),
    ...(dev ? { dev } : {}),
    optional: true,
    os: OS.filter((os) => words.includes(os)),
    ...(words.some((w) => w.startsWith('musl')) ? { libc: ['musl'] } : {}),
  };
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
