import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import type { DockerApi, NewContainer } from '../runtimes/docker-api.ts';
import { until } from '../wait.ts';

/**
 * Piles up exited containers. To run hundreds would take minutes: one is run, and its records are copied under new ids
 * while dockerd is down; dockerd then loads them like any other (daemon/container files and layerdb/mounts).
 */
export async function pileUpExited(lab: Lab, count: number): Promise<void> {
  const { api, dataRoot } = await lab.dockerd();
  const original = await api.run({ name: 'exited-0', cmd: ['/bin/busybox', 'true'] });
  await until({ en: 'the container to exit', zh: '容器退出' }, async () => {
    return (await api.inspect(original)).State.Status === 'exited';
  });
  await lab.restartDockerd(() => {
    for (let i = 1; i <= count; i += 1) copyContainer(dataRoot, original, i);
  });
}

function copyContainer(dataRoot: string, original: string, number: number): void {
  const id = createHash('sha256').update(`${original}/${number}`).digest('hex');
  const containers = join(dataRoot, 'containers');
  cpSync(join(containers, original), join(containers, id), { recursive: true });
  for (const name of readdirSync(join(containers, id)).filter((n) => n.endsWith('.json'))) {
    const path = join(containers, id, name);
    const text = readFileSync(path, 'utf8').replaceAll(original, id).replaceAll('/exited-0"', `/exited-${number}"`);
    writeFileSync(path, text);
  }
  const mounts = join(dataRoot, 'image', 'vfs', 'layerdb', 'mounts');
  cpSync(join(mounts, original), join(mounts, id), { recursive: true });
}

const AT_ONCE = 4;

/** Runs containers that end at once: slower than {@link pileUpExited}, for where dockerd must stay up. */
export async function runExited(api: DockerApi, count: number, nth: (number: number) => NewContainer): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const runner = async (): Promise<void> => {
    for (let n = numbers.pop(); n !== undefined; n = numbers.pop()) await api.run(nth(n));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}
