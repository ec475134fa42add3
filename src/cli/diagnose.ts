import { Option } from 'commander';
import type { Diagnosis } from '../diagnose/diagnosis.ts';
import type { CaseFile } from '../evidence/case-file.ts';
import { checkBundleFile, saveBundleFile } from './bundle-file.ts';
import { colourFor } from './colour.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { addExaminationOptions, type ExaminationOptions } from './examination-options.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { choiceOption } from './option-values.ts';
import { outputWidth, print } from './output.ts';
import { readSavedCase } from './saved-case.ts';
import { TOOL } from './version.ts';

const OUTPUT_FORMS = ['terminal', 'json', 'markdown', 'html'] as const;
type OutputForm = (typeof OUTPUT_FORMS)[number];

interface DiagnoseOptions extends ExaminationOptions {
  readonly bundle?: string;
  readonly logs?: readonly string[];
  readonly output?: OutputForm;
  readonly save?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const TEXTS = {
  bundle: {
    en: 'diagnose a case file instead of this host; - is standard input',
    zh: '诊断病例包，而不是本机；- 表示标准输入',
  },
  logs: {
    en: 'diagnose logs, journalctl and kubectl output, ps: any mix of texts; - is standard input',
    zh: '诊断日志等文本，类型自动识别，可以混合；- 表示标准输入',
  },
  output: {
    en: 'terminal, json, markdown or html (default: terminal)',
    zh: 'terminal、json、markdown 或 html（默认：terminal）',
  },
  save: { en: 'keep what was seen as a bundle, too', zh: '同时把检查所见保存为病例包' },
  quiet: { en: 'the verdict in one line', zh: '只输出一行结论' },
  verbose: { en: 'every finding, its source and how to see it oneself', zh: '列出全部发现、来源及自行验证的命令' },
} as const;

/** `notready diagnose` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  command
    .addOption(
      new Option('--bundle <path>', TEXTS.bundle[lang]).conflicts([
        'node',
        'kubeconfig',
        'context',
        'budget',
        'runtimeEndpoint',
        'callTimeout',
        'stackDump',
        'save',
      ]),
    )
    .addOption(
      new Option('--logs <file...>', TEXTS.logs[lang]).conflicts([
        'bundle',
        'kubeconfig',
        'context',
        'budget',
        'runtimeEndpoint',
        'callTimeout',
        'stackDump',
      ]),
    )
    .option('-o, --output <form>', TEXTS.output[lang], choiceOption('-o', OUTPUT_FORMS))
    .option('--save <file>', TEXTS.save[lang])
    .addOption(new Option('-q, --quiet', TEXTS.quiet[lang]).conflicts('verbose'))
    .option('-v, --verbose', TEXTS.verbose[lang]);
  addExaminationOptions(command, lang)
    .examples([
      ['diagnose', { en: 'this host, within 10 s', zh: '本机，10 秒内完成' }],
      ['diagnose -v', { en: 'with all the evidence', zh: '列出全部证据' }],
      ['diagnose -o json --budget 30s', { en: 'for a program, more patiently', zh: '供程序读取，等待更久' }],
      ['diagnose --node worker-3', { en: 'a node, as kubectl reaches it', zh: '集群中的节点（访问方式同 kubectl）' }],
      ['diagnose -o html > r.html', { en: 'a page to forward or print', zh: '可转发、可打印的网页报告' }],
      ['diagnose --save case.tar.gz', { en: 'and keep the evidence', zh: '并保存现场' }],
      ['diagnose --bundle case.tar.gz', { en: 'what was saved, anywhere', zh: '诊断已保存的病例包' }],
      ['diagnose --logs *.log', { en: 'logs and other texts, any mix', zh: '诊断日志等文本，可混合' }],
      ['diagnose --logs -', { en: 'a paste, or piped in', zh: '粘贴或管道传入的文本' }],
    ])
    .action(async (options: DiagnoseOptions) => done(await runDiagnose(options, context)));
}

async function runDiagnose(options: DiagnoseOptions, context: CliContext): Promise<ExitCode> {
  if (options.save !== undefined) await checkBundleFile(options.save);
  const caseFile = await caseOf(options, context);
  const { diagnose } = await import('../diagnose/diagnose.ts');
  const diagnosis = diagnose(caseFile);
  await print(await render(diagnosis, options, context));
  if (options.save !== undefined) await save(caseFile, options.save);
  if (diagnosis.verdict !== null) return EXIT.problem;
  // Without root much is out of sight and said to be; what hung or was cut short is an examination that failed.
  return diagnosis.examined.unseen.every((u) => u.why === 'no-permission' || u.why === 'not-here')
    ? EXIT.fine
    : EXIT.notDone;
}

async function caseOf(options: DiagnoseOptions, context: CliContext): Promise<CaseFile> {
  if (options.bundle !== undefined) return readSavedCase(options.bundle, context);
  if (options.logs === undefined) return live(options, context);
  const { readLogs } = await import('./logs.ts');
  return readLogs(options.logs, context, options.node);
}

async function live(options: DiagnoseOptions, context: CliContext): Promise<CaseFile> {
  const { examineNode } = await import('./examination.ts');
  return examineNode(options, context);
}

/** After the report: the answer must not wait for a disk. */
async function save(caseFile: CaseFile, path: string): Promise<void> {
  const { packBundle } = await import('../evidence/bundle/bundle.ts');
  await saveBundleFile(path, await packBundle(caseFile));
}

async function render(
  diagnosis: Diagnosis,
  options: DiagnoseOptions,
  { lang, program, env }: CliContext,
): Promise<string> {
  switch (options.output ?? 'terminal') {
    case 'json':
      return (await import('../report/json.ts')).formatJson(diagnosis, lang, TOOL);
    case 'markdown':
      return (await import('../report/markdown.ts')).markdownReport(diagnosis, lang, `${TOOL.name} ${TOOL.version}`);
    case 'html':
      return (await import('../report/html.ts')).htmlReport(diagnosis, lang, `${TOOL.name} ${TOOL.version}`);
    case 'terminal':
      return (await import('../report/terminal.ts')).terminalReport(diagnosis, {
        lang,
        program,
        width: outputWidth(),
        colour: colourFor(process.stdout, env),
        verbose: options.verbose ?? false,
        quiet: options.quiet ?? false,
      });
  }
}
