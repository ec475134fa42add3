// What a relist costs, side by side on one dockerd with 10, 100 and 500 containers (or COUNT...): ours, the real
// kubelet's own by its metrics, and `docker ps -a`. `node bench/pleg.ts [COUNT...]`, as root on Debian or Ubuntu, on a
// machine that does nothing else; 500 containers take about ten minutes to start.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { getBinaries } from '../lab/cluster/binaries.ts';
import { type Cluster, startCluster } from '../lab/cluster/cluster.ts';
import { createPod, NAMESPACE } from '../lab/cluster/pods.ts';
import { STOCK } from '../lab/cluster/timing.ts';
import { Lab } from '../lab/lab.ts';
import { until } from '../lab/wait.ts';
import { HangProofPleg, openRuntime, PodCache, type RelistRecord, systemClock } from '../src/pleg/index.ts';
import { median } from './process-tree.ts';

const run = promisify(execFile);
/** Containers of a pod: the node takes 110 pods at most. */
const PER_POD = 10;
const LOOK_MS = 30_000;
/** The first relist inspects all there is. */
const SETTLE_MS = 15_000;
const START_MS = 900_000;
const DOCKER_RUNS = 10;
/** Clock ticks of /proc/PID/stat: sysconf(_SC_CLK_TCK) is 100 on all Linux that Node runs on. */
const TICK_MS = 10;

interface Cost {
  readonly containers: number;
  readonly oursMs: number;
  readonly oursCpuMs: number;
  readonly kubeletMs: number;
  readonly dockerPsMs: number;
  /** dockerd's CPU for each second while only the kubelet relists, and while ours does too. */
  readonly dockerdCpuMs: readonly [alone: number, withOurs: number];
}

async function grow(cluster: Cluster, from: number, to: number): Promise<void> {
  for (let pod = from / PER_POD; pod < to / PER_POD; pod += 1) {
    const containers = Array.from({ length: PER_POD }, (_, i) => ({ name: `c${i}` }));
    await createPod(cluster, `bench-${pod}`, containers);
  }
  await until(
    { en: `${to} containers`, zh: `${to} 个容器` },
    async () => {
      const { items } = await cluster.kubectl.get<{ items: { status: { phase?: string } }[] }>('pods', '-n', NAMESPACE);
      return items.length >= to / PER_POD && items.every(({ status }) => status.phase === 'Running');
    },
    START_MS,
    2000,
  );
}

/** Sum (s) and number of the kubelet's relists since it started. */
async function kubeletRelists({ kubelet }: Cluster): Promise<readonly [sum: number, count: number]> {
  const answer = await fetch(`http://127.0.0.1:${kubelet.ports.readOnly}/metrics`);
  const text = await answer.text();
  const value = (name: string): number =>
    Number(new RegExp(`^kubelet_pleg_relist_duration_seconds_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return [value('sum'), value('count')];
}

function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function dockerPs(socket: string): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < DOCKER_RUNS; i += 1) {
    const from = performance.now();
    await run('docker', ['-H', `unix://${socket}`, 'ps', '-a', '-q'], { maxBuffer: 64 << 20 });
    took.push(performance.now() - from);
  }
  return median(took);
}

async function measure(cluster: Cluster, lab: Lab, containers: number): Promise<Cost> {
  const { api, daemon } = await lab.dockerd();
  await sleep(SETTLE_MS);
  const alone = cpuMs(daemon.id.pid);
  const [sum, count] = await kubeletRelists(cluster);
  await sleep(LOOK_MS);
  const [sumAfter, countAfter] = await kubeletRelists(cluster);
  const aloneCpu = cpuMs(daemon.id.pid) - alone;

  const relists: RelistRecord[] = [];
  const runtime = await openRuntime(cluster.runtime.kind, cluster.runtime.endpoint);
  const pleg = new HangProofPleg({
    clock: systemClock,
    runtime,
    cache: new PodCache(systemClock),
    onEvent: () => undefined,
    onRelist: (record) => relists.push(record),
  });
  pleg.start();
  await sleep(SETTLE_MS);
  relists.length = 0;
  const [cpu, docker] = [process.cpuUsage(), cpuMs(daemon.id.pid)];
  await sleep(LOOK_MS);
  const used = process.cpuUsage(cpu);
  const withOurs = cpuMs(daemon.id.pid) - docker;
  pleg.stop();
  runtime.close();
  const seconds = LOOK_MS / 1000;
  return {
    containers,
    oursMs: median(relists.map((r) => r.tookMs)),
    oursCpuMs: (used.user + used.system) / 1000 / relists.length,
    kubeletMs: ((sumAfter - sum) / (countAfter - count)) * 1000,
    dockerPsMs: await dockerPs(api.socket),
    dockerdCpuMs: [aloneCpu / seconds, withOurs / seconds],
  };
}

const counts = process.argv.slice(2).map(Number);
const say = ({ en }: { readonly en: string }): void => console.error(en);
const binaries = await getBinaries(say);
const lab = new Lab();
try {
  const cluster = await startCluster(lab, binaries, { timing: STOCK, print: say });
  const costs: Cost[] = [];
  let made = 0;
  for (const count of counts.length > 0 ? counts : [10, 100, 500]) {
    await grow(cluster, made, count);
    made = count;
    costs.push(await measure(cluster, lab, count));
  }
  console.log(
    'containers   notready (own CPU)        kubelet   docker ps -a   dockerd, CPU a second: alone  with notready',
  );
  const ms = (n: number, width: number): string => `${n.toFixed(1)} ms`.padStart(width);
  for (const c of costs) {
    const [alone, withOurs] = c.dockerdCpuMs;
    console.log(
      `${String(c.containers).padStart(10)}${ms(c.oursMs, 11)} (${ms(c.oursCpuMs, 8)})${ms(c.kubeletMs, 15)}${ms(c.dockerPsMs, 15)}${ms(alone, 31)}${ms(withOurs, 15)}`,
    );
  }
} finally {
  await lab.close();
}
