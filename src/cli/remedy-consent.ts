import { createInterface } from 'node:readline/promises';
import type { Consent } from '../remedy/run/deps.ts';
import type { Step } from '../remedy/step.ts';
import { terminalStep } from '../report/plan/terminal.ts';
import type { Lang } from '../text/text.ts';
import { UserError } from '../text/user-error.ts';
import { colourFor } from './colour.ts';
import type { CliContext } from './context.ts';
import { outputWidth, print } from './output.ts';

const ASK: Readonly<Record<Lang, string>> = {
  en: 'Do it? [y]es, [s]kip, [q]uit: ',
  zh: '执行吗？[y] 执行，[s] 跳过，[q] 停止：',
};

/** @throws UserError where nobody can be asked */
export function requireTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new UserError(
    { en: 'each step is asked for, and this is no terminal', zh: '每步都要询问，而当前不是终端' },
    { en: 'unattended: --yes --policy FILE', zh: '无人值守请用：--yes --policy FILE' },
  );
}

/** Shows each step and asks; anything but yes or skip stops. */
export function askPerson({ lang, program, env }: CliContext, signal: AbortSignal): (step: Step) => Promise<Consent> {
  let number = 0;
  return async (step) => {
    number += 1;
    const options = { lang, program, width: outputWidth(), colour: colourFor(process.stdout, env) };
    await print(`\n${terminalStep(step, number, options)}`);
    const answer = await ask(ASK[lang], signal);
    if (/^y(?:es)?$/i.test(answer)) return 'yes';
    return /^s(?:kip)?$/i.test(answer) ? 'skip' : 'stop';
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(question, { signal })).trim();
  } catch {
    // Ctrl-C, or the terminal went away: nobody said yes.
    return '';
  } finally {
    lines.close();
  }
}
