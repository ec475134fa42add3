// The scanner beside grep and ripgrep on a kubelet's log of 1 GiB that lies in the page cache, beside `zcat | rg` and
// `zstdcat | rg` on the same compressed, and beside jq on the same as a journal's export. Every command once a round, in
// turn; medians. `node bench/logs.ts [ROUNDS] [MIB]`; needs ripgrep, zstd and jq, and 1.2 GiB in the cache folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { rolldown } from 'rolldown';
import { LITERALS } from '../src/logs/signatures/index.ts';
import { makeKubeletLog } from './logs/kubelet-log.ts';
import { median } from './process-tree.ts';

const [rounds = 5, mib = 1024] = process.argv.slice(2).map(Number);
const folder = join(homedir(), '.cache', 'notready', 'bench-logs');
const SIX = [
  'PLEG is not healthy',
  'skipping pod synchronization',
  'DeadlineExceeded',
  'is zombie and can not be killed',
  'NodeNotReady',
  'CrashLoopBackOff',
];

interface Command {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** What it reads, unpacked. */
  readonly bytes: number;
}

interface Run {
  readonly seconds: number;
  /** Of all its processes and threads, user and system. */
  readonly cpuSeconds: number;
  readonly answer: string;
}

function run({ argv }: Command): Run {
  const started = performance.now();
  const { stdout, status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', ...argv], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
  const [user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, answer: stdout.trim() };
}

/** Every command once a round, in another order each time. The first round only warms up. */
function compare(title: string, commands: readonly Command[]): void {
  const runs = new Map<Command, Run[]>(commands.map((c) => [c, []]));
  for (let round = 0; round <= rounds; round += 1)
    for (const command of round % 2 === 0 ? commands : commands.toReversed())
      if (round > 0) runs.get(command)?.push(run(command));
      else run(command);
  console.log(`\n${title} (load ${loadavg()[0]?.toFixed(1)})`);
  const [ours = Number.NaN] = [...runs.values()].map(medianOf);
  for (const [command, its] of runs) show(command, its, ours);
}

function show({ name, bytes: size }: Command, runs: readonly Run[], ours: number): void {
  const seconds = medianOf(runs);
  const cells = [
    `${seconds.toFixed(3).padStart(7)} s`,
    `best ${Math.min(...runs.map((r) => r.seconds)).toFixed(3)} s`,
    `CPU ${median(runs.map((r) => r.cpuSeconds))
      .toFixed(2)
      .padStart(5)} s`,
    `${(size / seconds / 2 ** 30).toFixed(2).padStart(5)} GiB/s`,
    `${(seconds / ours).toFixed(2).padStart(6)} x ours`,
  ];
  console.log(`  ${name.padEnd(30)} ${cells.join('  ')}  ${runs.at(-1)?.answer ?? ''}`);
}

function medianOf(runs: readonly Run[]): number {
  return median(runs.map((r) => r.seconds));
}

/** The scanner as it is shipped: built, without types to take off. */
async function build(): Promise<{ readonly scan: string; readonly analyse: string }> {
  const input = {
    'scan-once': 'bench/logs/scan-once.ts',
    'analyse-once': 'bench/logs/analyse-once.ts',
    'scan-worker': 'src/logs/scan/scan-worker.ts',
  };
  const bundle = await rolldown({ input, platform: 'node', cwd: join(import.meta.dirname, '..') });
  await bundle.write({
    dir: join(folder, 'built'),
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  const at = (name: string): string => join(folder, 'built', name);
  return { scan: at('scan-once.mjs'), analyse: at('analyse-once.mjs') };
}

function literalsFile(name: string, literals: readonly string[]): string {
  const file = join(folder, `${name}.txt`);
  writeFileSync(file, `${literals.join('\n')}\n`);
  return file;
}

/** The first lines of a log, as `journalctl -o json` writes them. */
async function makeJournal(log: string, file: string): Promise<void> {
  if (existsSync(file)) return;
  const out = createWriteStream(file);
  for await (const line of createInterface({ input: createReadStream(log, { end: (256 << 20) - 1 }) })) {
    const entry = {
      __CURSOR: 's=5e24e7da695203b05c54dcaf6052a346;i=1f4;b=8e2fcb02a60442088d6e42f5502a92b1',
      __REALTIME_TIMESTAMP: '1764028313013067',
      _TRANSPORT: 'stdout',
      PRIORITY: '6',
      SYSLOG_IDENTIFIER: 'kubelet',
      _PID: '1096',
      _SYSTEMD_UNIT: 'kubelet.service',
      _HOSTNAME: 'node-1',
      MESSAGE: line,
    };
    if (!out.write(`${JSON.stringify(entry)}\n`)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
}

mkdirSync(folder, { recursive: true });
const program = await build();
const log = join(folder, `kubelet-${mib}.log`);
await makeKubeletLog(log, mib * 2 ** 20);
if (!existsSync(`${log}.gz`)) execFileSync('gzip', ['-k', log]);
if (!existsSync(`${log}.zst`)) execFileSync('zstd', ['-q', '-k', log]);
const journal = join(folder, 'journal.json');
await makeJournal(log, journal);

const bytes = statSync(log).size;
const six = literalsFile('six', SIX);
const all = literalsFile('all', LITERALS);
const ours = (name: string, literals: string, file: string, size = bytes): Command => ({
  name,
  argv: [process.execPath, program.scan, literals, file],
  bytes: size,
});
console.log(
  `${availableParallelism()} cores, ${process.version}, ${(bytes / 2 ** 20).toFixed(0)} MiB; ${execFileSync('rg', ['--version'], { encoding: 'utf8' }).split('\n')[0]}`,
);
for (const [title, literals] of [
  ['six literals', six],
  [`all ${LITERALS.length} literals of the signatures`, all],
] as const) {
  compare(title, [
    ours('notready (lines, its memory)', literals, log),
    { name: 'rg -c -F -f', argv: ['rg', '-c', '-F', '-f', literals, log], bytes },
    { name: 'grep -F -c -f', argv: ['grep', '-F', '-c', '-f', literals, log], bytes },
    { name: 'cat > /dev/null', argv: ['sh', '-c', 'cat "$0" > /dev/null', log], bytes },
  ]);
}
compare(`the whole analysis of a sick log, beside a search for all ${LITERALS.length} literals`, [
  { name: 'notready diagnose --logs', argv: [process.execPath, program.analyse, log], bytes },
  { name: 'rg -c -F -f', argv: ['rg', '-c', '-F', '-f', all, log], bytes },
  { name: 'grep -F -c -f', argv: ['grep', '-F', '-c', '-f', all, log], bytes },
]);
compare(`compressed, all ${LITERALS.length} literals`, [
  ours('notready .gz', all, `${log}.gz`),
  { name: 'zcat | rg -c -F -f', argv: ['sh', '-c', 'zcat "$0" | rg -c -F -f "$1"', `${log}.gz`, all], bytes },
  ours('notready .zst', all, `${log}.zst`),
  { name: 'zstdcat | rg -c -F -f', argv: ['sh', '-c', 'zstdcat "$0" | rg -c -F -f "$1"', `${log}.zst`, all], bytes },
]);
// Where there is no journal, a file of what it would print stands in for it: that is the kinder comparison, for journalctl
// itself takes longer than cat.
const journalBytes = statSync(journal).size;
const select = `select(.MESSAGE | ${SIX.map((s) => `contains(${JSON.stringify(s)})`).join(' or ')}) | .MESSAGE`;
compare('256 MiB of it as journalctl -o json prints it, six literals', [
  ours('notready', six, journal, journalBytes),
  { name: 'cat | jq', argv: ['sh', '-c', 'cat "$0" | jq -r "$1" | wc -l', journal, select], bytes: journalBytes },
]);
