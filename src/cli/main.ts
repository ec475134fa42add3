import type { Lang } from '../text/text.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { chooseLanguage } from './language.ts';
import { listenForWriteErrors, print, printAside } from './output.ts';
import { buildProgram, isCommand, KUBECTL } from './program.ts';

async function run(args: readonly string[], env: CliContext['env']): Promise<ExitCode> {
  let lang: Lang = chooseLanguage([], env);
  try {
    lang = chooseLanguage(args, env);
    const program = env.NOTREADY_PROGRAM || 'notready';
    return await runCommand(asDiagnosis(asHelpOption(args), program), { lang, env, program });
  } catch (error) {
    return fail(error, lang);
  }
}

async function runCommand(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = await buildProgram(args, context, (result) => {
    code = result;
  });
  const help: string[] = [];
  const write = (text: string): void => {
    help.push(text);
  };
  for (const command of [program, ...program.commands]) command.configureOutput({ writeOut: write, writeErr: write });
  if (args.length === 0) {
    await printAside(program.helpInformation());
    return EXIT.usage;
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!isHelpShown(error)) throw error;
    await print(help.join(''));
    return EXIT.fine;
  }
  return code;
}

/** `notready help diagnose`, as other programs have it. */
function asHelpOption(args: readonly string[]): readonly string[] {
  return args[0] === 'help' ? [...args.slice(1), '--help'] : args;
}

/** `kubectl notready NODE` */
function asDiagnosis(args: readonly string[], program: string): readonly string[] {
  const [first] = args;
  const isNode = first !== undefined && !first.startsWith('-') && !isCommand(first);
  return program === KUBECTL && isNode ? ['diagnose', '--node', ...args] : args;
}

/** Commander ends `--help` and `--version` by an exception. */
function isHelpShown(error: unknown): boolean {
  const { code, exitCode } = error as { code?: unknown; exitCode?: unknown };
  return typeof code === 'string' && code.startsWith('commander.') && exitCode === 0;
}

async function fail(error: unknown, lang: Lang): Promise<ExitCode> {
  const { describeFailure } = await import('./failure.ts');
  const { text, code } = describeFailure(error, lang);
  await printAside(text);
  return code;
}

async function failAndExit(error: unknown): Promise<void> {
  process.exit(await fail(error, chooseLanguage([], process.env)));
}

listenForWriteErrors();
process.on('uncaughtException', (error) => void failAndExit(error));
process.on('unhandledRejection', (error) => void failAndExit(error));
// Not process.exitCode: a child that hangs in the kernel, or its pipe, would keep this process waiting.
process.exit(await run(process.argv.slice(2), process.env));
