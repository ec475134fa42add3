import { parseArgs } from 'node:util';
import { LANGS, type Lang, type Text } from '../src/text/text.ts';
import { UserError } from '../src/text/user-error.ts';
import { CATALOGUE, findScenario, nameOf } from './catalogue.ts';
import { down, status, type UpFlags, up } from './cluster/commands.ts';
import { sideBySide } from './cluster/pleg/side-by-side.ts';
import { runOnCluster } from './cluster/run.ts';
import { LabError, textOf } from './errors.ts';
import { runOnHost } from './host-run.ts';
import { Live } from './live.ts';
import { type MatrixFlags, matrix } from './matrix/command.ts';
import { prepare } from './prepare.ts';
import type { RunFlags } from './run-flags.ts';
import { sweepLabs } from './sweep.ts';
import * as say from './texts.ts';

const OPTIONS = {
  keep: { type: 'boolean' },
  diagnose: { type: 'boolean' },
  record: { type: 'string' },
  'no-install': { type: 'boolean' },
  runtime: { type: 'string' },
  brisk: { type: 'boolean' },
  stock: { type: 'boolean' },
  minutes: { type: 'string' },
  live: { type: 'boolean' },
  resume: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Flags extends UpFlags, RunFlags, MatrixFlags {
  readonly minutes?: string;
  readonly help?: boolean;
}

type Say = (text: Text) => void;

/**
 * `notready lab list | run NAME | up | down | status | matrix | pleg | sweep`.
 * @returns 0 done (and, for `run` and `matrix`, the diagnosis agreed with the truth), 1 it did not agree, 2 wrong usage, 3 cannot be
 * done here
 */
export async function runLab(args: readonly string[]): Promise<number> {
  const lang = languageOf(args);
  const live = new Live(lang);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help === true) return usage(live.print, 0);
    return await dispatch(positionals, values, live);
  } catch (error) {
    process.stderr.write(`notready lab: ${textOf(error)[lang]}\n`);
    return error instanceof LabError ? 3 : 2;
  }
}

/** Each command with the number of its operands, as least and at most. */
async function dispatch(words: readonly string[], flags: Flags, live: Live): Promise<number> {
  const [command = '', operand] = words;
  const { print, lang } = live;
  const commands: Readonly<
    Record<string, readonly [least: number, most: number, run: () => number | Promise<number>]>
  > = {
    list: [0, 0, () => list(print)],
    sweep: [0, 0, () => sweep(print)],
    run: [1, 1, () => runScenario(operand ?? '', flags, live)],
    up: [0, 0, () => bringUp(flags, print)],
    down: [0, 1, () => down(operand, print)],
    status: [0, 0, () => status(print)],
    pleg: [0, 0, () => comparePleg(flags, print)],
    matrix: [0, Number.POSITIVE_INFINITY, () => matrix(words.slice(1), flags, print)],
  };
  const [least, most, run] = Object.hasOwn(commands, command) ? (commands[command] ?? NONE) : NONE;
  const operands = words.length - 1;
  if (operands < least || operands > most) return usage((text) => process.stderr.write(`${text[lang]}\n`), 2);
  if (flags.stock === true && command !== 'run') throw new UserError(say.STOCK_IS_FOR_RUN);
  return run();
}

const NONE = [1, 0, () => 2] as const;

async function bringUp(flags: Flags, print: Say): Promise<number> {
  const runtime = flags.runtime === 'cri' ? 'containerd' : 'docker';
  await prepare([runtime, 'cluster', 'cgroups'], flags['no-install'] !== true, print);
  return up(flags, print);
}

async function comparePleg(flags: Flags, print: Say): Promise<number> {
  const minutes = Number(flags.minutes ?? '10');
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new UserError(say.badMinutes(flags.minutes ?? ''));
  await prepare(['docker', 'cluster', 'cgroups'], flags['no-install'] !== true, print);
  return sideBySide(minutes, print);
}

/** Known before the arguments are parsed, so that wrong ones are answered in it. The command line has checked it. */
function languageOf(args: readonly string[]): Lang {
  const given = args.find((a, i) => args[i - 1] === '--lang' || a.startsWith('--lang='))?.replace('--lang=', '');
  return LANGS.find((l) => l === given) ?? 'en';
}

function usage(print: Say, code: number): number {
  print(say.USAGE);
  return code;
}

function list(print: Say): number {
  const width = Math.max(...CATALOGUE.map((l) => nameOf(l).length));
  for (const kind of ['host', 'cluster'] as const) {
    print(say.KINDS[kind]);
    for (const listed of CATALOGUE.filter((l) => l.kind === kind))
      print(say.listed(nameOf(listed).padEnd(width), listed));
  }
  return 0;
}

function sweep(print: Say): number {
  const swept = sweepLabs();
  for (const { folder, failures } of swept) print(say.swept(folder, failures));
  if (swept.length === 0) print(say.NOTHING_TO_SWEEP);
  return swept.every((s) => s.failures.length === 0) ? 0 : 1;
}

function runScenario(name: string, flags: Flags, live: Live): Promise<number> {
  const listed = findScenario(name);
  return listed.kind === 'host' ? runOnHost(listed.scenario, flags, live) : runOnCluster(listed.scenario, flags, live);
}
