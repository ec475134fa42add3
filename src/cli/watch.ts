import { UserError } from '../text/user-error.ts';
import type { Ways } from '../watch/sources/sources.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { watchEnd } from './watch-end.ts';
import { addWatchOptions, type WatchOptions } from './watch-options.ts';
import { findWays } from './watch-ways.ts';

/** `notready watch` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  addWatchOptions(command, context.lang)
    .examples([
      ['watch', { en: 'live, in this terminal', zh: '在终端中实时监视' }],
      ['watch --for 10m -o lines >> watch.log', { en: 'what happens, for later', zh: '记录事件和变化' }],
      ['watch -o json --period 5s', { en: 'for a program', zh: '供程序读取' }],
      ['watch --runtime-endpoint /run/docker.sock', { en: 'this runtime', zh: '指定运行时' }],
    ])
    .action(async (options: WatchOptions) => done(await runWatch(options, context)));
}

async function runWatch(options: WatchOptions, context: CliContext): Promise<ExitCode> {
  const isTerminal = process.stdout.isTTY && context.env.TERM !== 'dumb';
  const output = options.output ?? (isTerminal ? 'terminal' : 'lines');
  if (output === 'terminal' && !isTerminal) throw noTerminal();
  const ways = await findWays(options, context);
  const end = watchEnd(options.for ?? null);
  try {
    return await show(output, ways, end, context);
  } finally {
    end.close();
  }
}

async function show(
  output: NonNullable<WatchOptions['output']>,
  ways: Ways,
  end: ReturnType<typeof watchEnd>,
  context: CliContext,
): Promise<ExitCode> {
  if (output === 'terminal') {
    const { showTerminal } = await import('./watch-terminal.ts');
    return showTerminal(ways, end, context);
  }
  const { showLines } = await import('./watch-lines.ts');
  return showLines(output, ways, end, context);
}

function noTerminal(): UserError {
  return new UserError(
    { en: '-o terminal: the output is not a terminal', zh: '-o terminal：输出不是终端' },
    { en: 'for files and programs: -o lines or -o json', zh: '写入文件或供程序读取请用 -o lines 或 -o json' },
  );
}
