import type { Text } from '../text/text.ts';
import { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-code.ts';
import { HELP } from './help-texts.ts';
import { TOOL } from './version.ts';

/** A command's own file: it adds arguments, options, help and what to do. `done` takes the exit code. */
interface CommandModule {
  configure(command: LocalCommand, done: (code: ExitCode) => void): void;
}

interface CommandEntry {
  readonly summary: Text;
  readonly load: () => Promise<CommandModule>;
}

/** One file a command; only the file of the command that was asked for is read. */
const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  diagnose: {
    summary: { en: 'say why this node is NotReady', zh: '诊断本节点 NotReady 的原因' },
    load: () => import('./diagnose.ts'),
  },
  collect: {
    summary: { en: 'save all that was seen as one file', zh: '把检查所见保存为一个文件' },
    load: () => import('./collect.ts'),
  },
  report: {
    summary: { en: 'a post-mortem of a bundle, or before and after', zh: '由病例包生成复盘报告或前后对比' },
    load: () => import('./report.ts'),
  },
  explain: {
    summary: { en: 'what a cause is, how to tell it, what helps', zh: '说明某个原因：是什么、如何判断、怎么处理' },
    load: () => import('./explain.ts'),
  },
  causes: {
    summary: { en: 'list the known causes', zh: '列出已知原因' },
    load: () => import('./causes.ts'),
  },
  simulate: {
    summary: { en: 'what if: when would a node turn NotReady?', zh: '假设推演：节点何时会 NotReady？' },
    load: () => import('./simulate.ts'),
  },
  watch: {
    summary: { en: 'watch relists, events and Ready live', zh: '实时监视 relist、事件和 Ready' },
    load: () => import('./watch.ts'),
  },
  remediate: {
    summary: { en: 'plan, and do, what brings a node back', zh: '制定并执行使节点恢复的计划' },
    load: () => import('./remediate.ts'),
  },
  lab: {
    summary: { en: 'make real faults to try it on (source checkout only)', zh: '制造真实故障用于验证（仅限源码）' },
    load: () => import('./lab.ts'),
  },
};

/** What bin/kubectl-notready calls the program. */
export const KUBECTL = 'kubectl notready';

export function isCommand(name: string): boolean {
  return Object.hasOwn(COMMANDS, name);
}

/** The whole command line, ready to parse `args`. */
export async function buildProgram(
  args: readonly string[],
  context: CliContext,
  done: (code: ExitCode) => void,
): Promise<LocalCommand> {
  const { lang } = context;
  const program = new LocalCommand(context.program, context);
  program
    .description(HELP.program[lang])
    .usage(lang === 'zh' ? '<命令> [选项]' : '<command> [options]')
    .version(TOOL.version, '-V, --version', HELP.version[lang])
    .enablePositionalOptions()
    .langOption()
    .examples(
      [
        ...(context.program === KUBECTL
          ? ([['worker-3', { en: 'why is that node NotReady?', zh: '该节点为什么 NotReady？' }]] as const)
          : []),
        ['diagnose', { en: 'why is this node NotReady?', zh: '本节点为什么 NotReady？' }],
        ['collect -o case.tar.gz', { en: 'save the evidence first', zh: '先保存现场' }],
        ['diagnose --bundle case.tar.gz', { en: 'the same answer, anywhere', zh: '在任何机器上得到同样的诊断' }],
      ],
      HELP.exitCodes,
    );
  const named = args.find(isCommand);
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.createCommand(name);
    command.description(summary[lang]).langOption();
    if (name === named) (await load()).configure(command, done);
    program.addCommand(command);
  }
  return program;
}
