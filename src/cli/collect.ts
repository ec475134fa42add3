import type { CaseFile } from '../evidence/case-file.ts';
import { shellWord } from '../text/shell.ts';
import type { Text } from '../text/text.ts';
import { formatBytes } from '../text/units.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { checkBundleFile, saveBundleFile } from './bundle-file.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { addExaminationOptions, type ExaminationOptions } from './examination-options.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { print, printAside } from './output.ts';

interface CollectOptions extends ExaminationOptions {
  readonly output: string;
  readonly force?: boolean;
}

const STDOUT = '-';

const TEXTS = {
  output: { en: 'where to write it; - is standard output', zh: '写入位置；- 表示标准输出' },
  force: { en: 'replace a file that is there', zh: '覆盖已有文件' },
} as const;

/** `notready collect` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  command.requiredOption('-o, --output <file>', TEXTS.output[lang]).option('--force', TEXTS.force[lang]);
  addExaminationOptions(command, lang)
    .examples([
      ['collect -o case.tar.gz', { en: 'save what is seen now', zh: '保存当前所见' }],
      ["collect -o - | ssh me@desk 'cat > case.tgz'", { en: 'touch no disk here', zh: '不写本机磁盘' }],
    ])
    .action(async (options: CollectOptions) => done(await runCollect(options, context)));
}

async function runCollect(options: CollectOptions, context: CliContext): Promise<ExitCode> {
  const { lang, program } = context;
  if (options.output === STDOUT && process.stdout.isTTY) throw notToTerminal();
  const [{ examineNode }, { packBundle }] = await Promise.all([
    import('./examination.ts'),
    import('../evidence/bundle/bundle.ts'),
  ]);
  const { force = false } = options;
  if (options.output !== STDOUT) await checkBundleFile(options.output, { force });
  const caseFile = await examineNode(options, context);
  const bytes = await packBundle(caseFile);
  const said = summary(caseFile, options.output, bytes.length, program)[lang];
  if (options.output === STDOUT) {
    await print(bytes);
    await printAside(said);
  } else {
    await saveBundleFile(options.output, bytes, { force });
    await print(said);
  }
  return EXIT.fine;
}

function summary(caseFile: CaseFile, output: string, bytes: number, program: string): Text {
  const path = harmlessLine(output);
  const size = formatBytes(bytes);
  const { sources, observations, entities } = caseFile;
  const unread = sources.filter((s) => s.status !== 'ok' && s.status !== 'skipped').length;
  const next = output === STDOUT ? '' : `  ${program} diagnose --bundle ${shellWord(path)}\n`;
  return {
    en: `Saved ${path} (${size}): ${observations.length} facts about ${entities.length} things from ${sources.length} sources, ${unread} of them not or only partly readable.
Passwords, tokens and keys were taken out; names, paths and log lines are in it.
${next}`,
    zh: `已保存 ${path}（${size}）：${sources.length} 个来源，其中 ${unread} 个未能完整读取；涉及 ${entities.length} 个对象的 ${observations.length} 条事实。
密码、令牌和密钥已去除；名称、路径和日志行保留在内。
${next}`,
  };
}

function notToTerminal(): UserError {
  return new UserError(
    { en: 'a bundle is not for a terminal', zh: '不能把病例包输出到终端' },
    { en: 'give a file, -o case.tar.gz, or pipe it on', zh: '请指定文件：-o case.tar.gz，或用管道传给其他程序' },
  );
}
