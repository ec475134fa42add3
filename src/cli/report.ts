import { extname } from 'node:path';
import type { CaseFile } from '../evidence/case-file.ts';
import type { ReportDocument } from '../report/document/block.ts';
import { UserError } from '../text/user-error.ts';
import { checkBundleFile, saveBundleFile } from './bundle-file.ts';
import type { LocalCommand } from './command.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { choiceOption } from './option-values.ts';
import { print } from './output.ts';
import { readSavedCase } from './saved-case.ts';
import { TOOL } from './version.ts';

const FORMS = ['html', 'markdown'] as const;
type Form = (typeof FORMS)[number];

interface ReportOptions {
  readonly o?: Form;
  readonly output?: string;
  readonly force?: boolean;
}

const STDIN = '-';
const STDOUT = '-';

const TEXTS = {
  bundle: { en: 'a bundle: a file, a folder, or - for standard input', zh: '病例包：文件、目录，或 - 表示标准输入' },
  after: { en: 'a later bundle of the node: what changed?', zh: '同一节点稍后的病例包：有何变化？' },
  form: {
    en: 'html or markdown (default: by the file’s name, else html)',
    zh: 'html 或 markdown（默认按文件名，否则 html）',
  },
  output: { en: 'where to write it (default: standard output)', zh: '写入位置（默认：标准输出）' },
  force: { en: 'replace a file that is there', zh: '覆盖已有文件' },
} as const;

/** `notready report` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  command
    .argument('<bundle>', TEXTS.bundle[lang])
    .argument('[after]', TEXTS.after[lang])
    .option('-o <form>', TEXTS.form[lang], choiceOption('-o', FORMS))
    .option('--output <file>', TEXTS.output[lang])
    .option('--force', TEXTS.force[lang])
    .examples([
      [
        'report case.tar.gz --output r.html',
        { en: 'a post-mortem to forward or print', zh: '可转发、可打印的复盘报告' },
      ],
      ['report case.tar.gz -o markdown', { en: 'for an issue or a chat', zh: '用于 issue 或聊天' }],
      ['report before.tar.gz after.tar.gz > r.html', { en: 'what changed in between', zh: '前后有何变化' }],
      ['report case.tar.gz --lang zh > r.html', { en: 'in Chinese', zh: '中文报告' }],
    ])
    .action(async (bundle: string, after: string | undefined, options: ReportOptions) => {
      done(await runReport([bundle, after], options, context));
    });
}

type Bundles = readonly [before: string, after: string | undefined];

async function runReport(bundles: Bundles, options: ReportOptions, context: CliContext): Promise<ExitCode> {
  const { output = STDOUT, force = false } = options;
  if (output !== STDOUT) await checkBundleFile(output, { force });
  const document = await documentOf(bundles, context);
  const text = await render(document, formOf(options), context);
  if (output === STDOUT) await print(text);
  else await saveBundleFile(output, Buffer.from(text), { force });
  return EXIT.fine;
}

async function documentOf([first, second]: Bundles, context: CliContext): Promise<ReportDocument> {
  const tool = `${TOOL.name} ${TOOL.version}`;
  if (second === undefined) {
    const caseFile = await readSavedCase(first, context);
    const [{ diagnose }, { postMortem }] = await Promise.all([
      import('../diagnose/diagnose.ts'),
      import('../report/document/post-mortem.ts'),
    ]);
    return postMortem(diagnose(caseFile), context.lang, tool);
  }
  if (first === STDIN && second === STDIN) throw onlyOneFromStdin();
  const [before, after] = [await readSavedCase(first, context), await readSavedCase(second, context)];
  checkOrder(before, after);
  const [{ compareCases }, { beforeAfter }] = await Promise.all([
    import('../diagnose/comparison.ts'),
    import('../report/document/before-after.ts'),
  ]);
  return beforeAfter(compareCases(before, after), context.lang, tool);
}

function checkOrder(before: CaseFile, after: CaseFile): void {
  if (before.examined.to <= after.examined.to) return;
  throw new UserError(
    { en: 'the second bundle was taken before the first', zh: '第二个病例包的采集时间早于第一个' },
    { en: 'give the earlier one first', zh: '请把较早的放在前面' },
  );
}

function onlyOneFromStdin(): UserError {
  return new UserError(
    { en: 'only one bundle can come from standard input', zh: '只能有一个病例包来自标准输入' },
    { en: 'name a file for the other', zh: '另一个请指定文件' },
  );
}

function formOf({ o, output = '' }: ReportOptions): Form {
  return o ?? (/^\.(?:md|markdown)$/i.test(extname(output)) ? 'markdown' : 'html');
}

async function render(document: ReportDocument, form: Form, { lang }: CliContext): Promise<string> {
  return form === 'html'
    ? (await import('../report/html.ts')).htmlPage(document, lang)
    : (await import('../report/markdown.ts')).markdownText(document);
}
