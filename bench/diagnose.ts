// Start-up, a healthy host with 100 containers, a hung one; beside what an operator does by hand.
// `node bench/diagnose.ts`, as root on Debian or Ubuntu, on a machine that does nothing else.
import { fileURLToPath } from 'node:url';
import { stopProcess } from '../lab/faults/stop-process.ts';
import { Lab } from '../lab/lab.ts';
import { runOrFail } from '../lab/run.ts';
import { hundredContainers } from '../lab/scenarios/hundred-containers.ts';
import { type Measured, measure, median } from './process-tree.ts';

const BIN = fileURLToPath(new URL('../bin/notready', import.meta.url));

async function repeat(times: number, argv: [string, ...string[]]): Promise<Measured[]> {
  const runs: Measured[] = [];
  await measure(argv);
  for (let i = 0; i < times; i += 1) runs.push(await measure(argv));
  return runs;
}

function show(what: string, runs: readonly Measured[]): void {
  const seconds = median(runs.map((r) => r.seconds));
  const own = Math.max(...runs.map((r) => r.ownMiB));
  const tree = Math.max(...runs.map((r) => r.treeMiB));
  const codes = [...new Set(runs.map((r) => r.exitCode))].join(',');
  console.log(
    `${what.padEnd(52)} ${seconds.toFixed(3).padStart(8)} s  ${own.toFixed(0).padStart(5)} MiB  ${tree.toFixed(0).padStart(5)} MiB  exit ${codes}`,
  );
}

console.log(`${'median wall time, highest memory'.padEnd(52)}     wall      own      tree`);
show('node -e 0', await repeat(10, [process.execPath, '-e', '0']));
show('notready --help', await repeat(10, [BIN, '--help']));

const lab = new Lab();
try {
  const { endpoints } = await hundredContainers.run(lab);
  const endpoint = endpoints[0] ?? '';
  const ids = (await runOrFail(['docker', '-H', endpoint, 'ps', '-aq'])).trim().split('\n');
  const byHand = `docker -H "$0" ps -a && for c in "$@"; do docker -H "$0" inspect "$c"; done`;
  const flags: [string, ...string[]] = [BIN, 'diagnose', '-o', 'json', '--runtime-endpoint', endpoint];
  show(`${ids.length} healthy containers: notready diagnose`, await repeat(5, flags));
  show('  docker ps -a, then docker inspect of each', await repeat(3, ['sh', '-c', byHand, endpoint, ...ids]));
  await stopProcess(lab.workspace, (await lab.dockerd()).daemon.id);
  show('dockerd stopped: notready diagnose', await repeat(3, flags));
} finally {
  for (const failure of await lab.close()) console.error(failure);
}
