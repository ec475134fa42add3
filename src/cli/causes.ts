import type { LocalCommand } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { choiceOption } from './option-values.ts';
import { outputWidth, print } from './output.ts';

interface CausesOptions {
  readonly output?: 'terminal' | 'json';
}

const OUTPUT = { en: 'terminal or json (default: terminal)', zh: 'terminal 或 json（默认：terminal）' } as const;

/** `notready causes` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  command
    .option('-o, --output <form>', OUTPUT[lang], choiceOption('-o', ['terminal', 'json']))
    .examples([
      ['causes', { en: 'one line each', zh: '每个原因一行' }],
      ['causes -o json', { en: 'for a program', zh: '供程序读取' }],
    ])
    .action(async ({ output }: CausesOptions) => {
      const [{ CAUSES }, { causeList }] = await Promise.all([
        import('../causes/index.ts'),
        import('../report/explanation.ts'),
      ]);
      const json = CAUSES.map(({ id, title, about }) => ({ cause: id, title: title[lang], about: about[lang] }));
      await print(output === 'json' ? `${JSON.stringify(json, null, 2)}\n` : causeList(CAUSES, lang, outputWidth()));
      done(EXIT.fine);
    });
}
