import { parseArgs } from 'node:util';
import { LANGS, type Lang, type Text } from '../src/text/text.ts';
import { UserError } from '../src/text/user-error.ts';
import { down, status, type UpFlags, up } from './cluster/commands.ts';
import { sideBySide } from './cluster/pleg/side-by-side.ts';
import { differences } from './compare.ts';
import { LabError, textOf } from './errors.ts';
import { Lab } from './lab.ts';
import { diagnose, report } from './notready-cli.ts';
import { installPackages, missingPackages, whyNotHere, whyNotInstallable } from './packages.ts';
import { record } from './record.ts';
import type { Need, Scenario, Staged } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { endOnSignals } from './signals.ts';
import { sweepLabs } from './sweep.ts';
import * as say from './texts.ts';

const OPTIONS = {
  keep: { type: 'boolean' },
  diagnose: { type: 'boolean' },
  record: { type: 'string' },
  'no-install': { type: 'boolean' },
  runtime: { type: 'string' },
  brisk: { type: 'boolean' },
  minutes: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Flags extends UpFlags {
  readonly keep?: boolean;
  readonly diagnose?: boolean;
  readonly record?: string;
  readonly 'no-install'?: boolean;
  readonly minutes?: string;
  readonly help?: boolean;
}

export type Say = (text: Text) => void;

/**
 * `notready lab list | run NAME | up | down | status | pleg | sweep`.
 * @returns 0 done (and, for `run`, the diagnosis agreed with the truth), 1 it did not agree, 2 wrong usage, 3 cannot be
 * done here
 */
export async function runLab(args: readonly string[]): Promise<number> {
  const lang = languageOf(args);
  const print: Say = (text) => process.stdout.write(`${text[lang]}\n`);
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help === true) return usage(print, 0);
    return await dispatch(positionals, values, print, lang);
  } catch (error) {
    process.stderr.write(`notready lab: ${textOf(error)[lang]}\n`);
    return error instanceof LabError ? 3 : 2;
  }
}

/** Each command with the number of its operands, as least and at most. */
async function dispatch(words: readonly string[], flags: Flags, print: Say, lang: Lang): Promise<number> {
  const [command = '', operand] = words;
  const commands: Readonly<
    Record<string, readonly [least: number, most: number, run: () => number | Promise<number>]>
  > = {
    list: [0, 0, () => list(print)],
    sweep: [0, 0, () => sweep(print)],
    run: [1, 1, () => runScenario(operand ?? '', flags, print, lang)],
    up: [0, 0, () => bringUp(flags, print)],
    down: [0, 1, () => down(operand, print)],
    status: [0, 0, () => status(print)],
    pleg: [0, 0, () => comparePleg(flags, print)],
  };
  const [least, most, run] = Object.hasOwn(commands, command) ? (commands[command] ?? NONE) : NONE;
  const operands = words.length - 1;
  if (operands < least || operands > most) return usage((text) => process.stderr.write(`${text[lang]}\n`), 2);
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
  const width = Math.max(...SCENARIOS.map((s) => s.name.length));
  for (const { name, title, truth } of SCENARIOS) print(say.listed(name.padEnd(width), title, truth.cause));
  return 0;
}

function sweep(print: Say): number {
  const swept = sweepLabs();
  for (const { folder, failures } of swept) print(say.swept(folder, failures));
  if (swept.length === 0) print(say.NOTHING_TO_SWEEP);
  return swept.every((s) => s.failures.length === 0) ? 0 : 1;
}

async function runScenario(name: string, flags: Flags, print: Say, lang: Lang): Promise<number> {
  const scenario = SCENARIOS.find((s) => s.name === name);
  if (!scenario) throw new UserError(say.unknownScenario(name));
  await prepare(scenario.needs, flags['no-install'] !== true, print);
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    print(say.making(scenario.title, lab.folder));
    const staged = await scenario.run(lab);
    print(say.made(staged.look));
    if (flags.record !== undefined) {
      await record(lab, staged, flags.record);
      print(say.recorded(flags.record));
    }
    if (flags.keep !== true) return await hold(scenario, staged, flags, print, lang);
    if (flags.diagnose === true) await hold(scenario, staged, flags, print, lang);
    print(say.KEPT);
    return await untilSignal();
  } finally {
    print(say.undone(await lab.close()));
    quiet();
  }
}

/** Sees to it that what a scenario needs is there. @throws LabError when it cannot be had */
export async function prepare(needs: readonly Need[], mayInstall: boolean, print: Say): Promise<void> {
  const never = whyNotHere(needs);
  if (never) throw new LabError(never);
  const missing = missingPackages(needs);
  if (missing.length === 0) return;
  const why = mayInstall ? whyNotInstallable() : say.NO_INSTALL;
  if (why) throw new LabError(say.missing(missing, why));
  print(say.installing(missing));
  await installPackages(missing);
}

/** Holds a diagnosis against the truth. */
async function hold(scenario: Scenario, staged: Staged, flags: Flags, print: Say, lang: Lang): Promise<number> {
  if (flags.diagnose === true) print(say.asIs(await report(staged, lang)));
  const diagnosed = await diagnose(staged);
  const wrong = differences(scenario.truth, staged, diagnosed);
  print(say.held(diagnosed, scenario.truth, wrong));
  return wrong.length === 0 ? 0 : 1;
}

/** Never: the signal's handler ends the process. */
function untilSignal(): Promise<number> {
  return new Promise(() => {
    setInterval(() => undefined, 60_000);
  });
}
