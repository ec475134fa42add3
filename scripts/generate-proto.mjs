// Generates src/runtimes/gen and lab/runtimes/gen from the proto folders beside them. Offline: buf and protoc-gen-es are dev dependencies.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');

for (const part of ['src', 'lab']) {
  const { status, error } = spawnSync(join(bin, 'buf'), ['generate'], {
    cwd: join(root, part, 'runtimes', 'proto'),
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    stdio: 'inherit',
  });
  if (error) throw error;
  process.exitCode ||= status ?? 1;
}
