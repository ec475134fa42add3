// `npm run demo`: makes the incident for real, diagnoses it live, heals it, shows that it is healed, leaves nothing.
import { createInterface } from 'node:readline/promises';
import type { Lang, Text } from '../src/text/text.ts';
import { differences } from './compare.ts';
import * as demo from './demo-texts.ts';
import { LabError, textOf } from './errors.ts';
import { stageIncident } from './incident.ts';
import { Lab } from './lab.ts';
import { diagnose, report } from './notready-cli.ts';
import { prepare } from './prepare.ts';
import { readStat } from './processes.ts';
import type { Need, Truth } from './scenario.ts';
import { endOnSignals } from './signals.ts';
import { undone } from './texts.ts';
import { until } from './wait.ts';

const NEEDS: readonly Need[] = ['docker', 'loop', 'cgroups'];
const CAUSE: Truth = {
  cause: 'storage-unresponsive',
  subjects: ['mount', 'container', 'process', 'thread'],
  exitCode: 1,
  notes: { en: '', zh: '' },
};
const NONE: Truth = { cause: null, subjects: [], exitCode: 0, notes: { en: '', zh: '' } };

const lang: Lang = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '') ? 'zh' : 'en';
process.exitCode = await main(process.argv.slice(2));

/** @returns 0 all went as said, 1 the diagnosis was wrong, 3 it cannot be done here */
async function main(args: readonly string[]): Promise<number> {
  try {
    print(demo.PLAN);
    await prepare(NEEDS, !args.includes('--no-install'), print);
    if (!(await agreed(args))) return 0;
    return await perform();
  } catch (error) {
    process.stderr.write(`notready demo: ${textOf(error)[lang]}\n`);
    return error instanceof LabError ? 3 : 1;
  }
}

async function perform(): Promise<number> {
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    print(demo.making(lab.folder));
    const staged = await stageIncident(lab);
    print(demo.made(staged.look));
    print({ en: await report(staged, 'en'), zh: await report(staged, 'zh') });
    const wrong = differences(CAUSE, staged, await diagnose(staged));
    staged.heal();
    await until({ en: 'the zombie to go', zh: '僵尸进程消失' }, () => readStat(staged.zombie) === null);
    print(demo.HEALED);
    const still = differences(NONE, { subjects: [] }, await diagnose(staged));
    print(demo.judged(wrong, still));
    return wrong.length + still.length === 0 ? 0 : 1;
  } finally {
    print(undone(await lab.close()));
    quiet();
  }
}

/** Asks only a person who is there to answer. */
async function agreed(args: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY || args.includes('--yes')) return true;
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asked.question(demo.QUESTION[lang]);
  asked.close();
  return !/^n/i.test(answer.trim());
}

function print(text: Text): void {
  process.stdout.write(`${text[lang]}\n`);
}
