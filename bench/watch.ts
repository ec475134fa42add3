// What `notready watch` costs at a period of 1 s: CPU and memory over a minute, on a dockerd with PODS pods (110) of two
// containers each, of which one starts or ends every 5 s. `node bench/watch.ts [PODS]`, as root on Debian or Ubuntu, on a
// machine that does nothing else.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Lab } from '../lab/lab.ts';
import { dockershimContainer } from '../lab/pod.ts';
import type { DockerApi } from '../lab/runtimes/docker-api.ts';
import { treeMiB } from './process-tree.ts';

const BIN = fileURLToPath(new URL('../bin/notready', import.meta.url));
const MINUTE = 60_000;
/** The first relist inspects all there is; after it the watch has settled. */
const SETTLE_MS = 10_000;
const CHURN_MS = 5000;
/** Pods made at a time. */
const AT_ONCE = 8;
/** Clock ticks of /proc/PID/stat: sysconf(_SC_CLK_TCK) is 100 on all Linux that Node runs on. */
const TICK_MS = 10;
const LIMITS = { cpuShare: 0.03, mib: 100 };

/** utime and stime of a process and of the children it waited for, ms. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) * TICK_MS;
}

/** Pods as dockershim makes them. */
async function makePods(api: DockerApi, count: number): Promise<readonly string[]> {
  const mains: string[] = [];
  const makePod = async (i: number): Promise<void> => {
    const pod = { name: `pod-${i}`, namespace: 'bench', uid: randomUUID() };
    const sandbox = await api.run(dockershimContainer(pod, 'POD'));
    mains.push(await api.run(dockershimContainer(pod, 'main', 0, sandbox)));
  };
  for (let i = 0; i < count; i += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - i) }, (_, k) => makePod(i + k));
    await Promise.all(some);
  }
  return mains;
}

/** Ends containers and starts them again, one after the other, until told to stop. */
async function churn(api: DockerApi, mains: readonly string[], signal: AbortSignal): Promise<void> {
  for (let i = 0; !signal.aborted; i += 1) {
    const id = mains[i % mains.length];
    await api.call('POST', `/containers/${id}/kill`);
    await sleep(CHURN_MS);
    await api.call('POST', `/containers/${id}/start`);
    await sleep(CHURN_MS);
  }
}

const pods = Number(process.argv[2] ?? 110);
const lab = new Lab();
try {
  const { api, endpoint } = await lab.dockerd();
  const mains = await makePods(api, pods);
  const done = new AbortController();
  const churning = churn(api, mains, done.signal);
  const watch = spawn(BIN, ['watch', '-o', 'json', '--runtime-endpoint', endpoint], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { pid = 0 } = watch;
  await sleep(SETTLE_MS);
  const before = cpuMs(pid);
  let mib = 0;
  const started = performance.now();
  while (performance.now() - started < MINUTE) {
    mib = Math.max(mib, treeMiB(pid));
    await sleep(1000);
  }
  const share = (cpuMs(pid) - before) / (performance.now() - started);
  done.abort();
  watch.kill('SIGTERM');
  await churning;
  console.log(`${pods} pods, ${2 * pods} containers: ${(100 * share).toFixed(2)} % of a core, ${mib.toFixed(0)} MiB`);
  if (share > LIMITS.cpuShare || mib > LIMITS.mib) process.exitCode = 1;
} finally {
  for (const failure of await lab.close()) console.error(failure);
}
