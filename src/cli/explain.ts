import type { Cause } from '../causes/cause.ts';
import { closest } from '../text/closest.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { colourFor } from './colour.ts';
import type { LocalCommand } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { outputWidth, print } from './output.ts';

const ARGUMENT = { en: 'a word of `causes`', zh: '`causes` 列出的名称' } as const;

/** `notready explain` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  command
    .argument('<cause>', ARGUMENT[lang])
    .examples([['explain storage-unresponsive', { en: 'what it is, what helps', zh: '是什么，怎么处理' }]])
    .action(async (slug: string) => {
      const [{ CAUSES }, { explanation }] = await Promise.all([
        import('../causes/index.ts'),
        import('../report/explanation.ts'),
      ]);
      const cause = CAUSES.find((c) => c.id === slug);
      if (!cause) throw unknownCause(slug, CAUSES, context.program);
      const colour = colourFor(process.stdout, context.env);
      await print(explanation(cause, { lang, width: outputWidth(), colour, program: context.program }));
      done(EXIT.fine);
    });
}

function unknownCause(given: string, causes: readonly Cause[], program: string): UserError {
  const slug = harmlessLine(given, 60);
  const meant = closest(
    given,
    causes.map((c) => c.id),
  );
  return new UserError(
    { en: `no cause ${slug}`, zh: `没有名为 ${slug} 的原因` },
    meant === null
      ? { en: `see the list: ${program} causes`, zh: `列表见：${program} causes` }
      : { en: `did you mean: ${program} explain ${meant}`, zh: `您是不是想用：${program} explain ${meant}` },
  );
}
