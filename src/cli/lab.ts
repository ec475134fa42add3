import { existsSync } from 'node:fs';
import { UserError } from '../text/user-error.ts';
import type { LocalCommand } from './command.ts';
import type { ExitCode } from './exit-code.ts';

/** What lab/cli.ts offers. */
interface LabModule {
  runLab(args: string[]): Promise<number>;
}

/** `notready lab`: handed on whole, its own options too. */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  command
    .argument('[args...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const lab = await loadLab();
      done((await lab.runLab(args)) as ExitCode);
    });
}

/** The lab breaks things on purpose, so it is no part of the package: only a checkout has it, beside src/ and dist/. */
async function loadLab(): Promise<LabModule> {
  const up = import.meta.url.endsWith('.ts') ? '../..' : '..';
  const file = new URL(`${up}/lab/cli.ts`, import.meta.url);
  if (!existsSync(file)) throw onlyInSource();
  const module: unknown = await import(file.href);
  return module as LabModule;
}

function onlyInSource(): UserError {
  return new UserError(
    { en: 'the lab is not part of the installed package', zh: '安装包中不含 lab' },
    { en: 'use a checkout of the source: bin/notready lab', zh: '请在源码目录中运行：bin/notready lab' },
  );
}
