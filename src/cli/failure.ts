import type { Lang, Text } from '../text/text.ts';
import { harmless, harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { TOOL } from './version.ts';

/** The examination of this host could not be done: exit code 3. */
export class ExaminationFailed extends UserError {}

/** What an error looks like to the user, and the exit code. */
export function describeFailure(error: unknown, lang: Lang): { readonly text: string; readonly code: ExitCode } {
  if (error instanceof UserError) {
    const hint = error.hint === null ? '' : `  ${harmlessLine(error.hint[lang])}\n`;
    return {
      text: `notready: ${harmlessLine(error.text[lang])}\n${hint}`,
      code: error instanceof ExaminationFailed ? EXIT.notDone : EXIT.usage,
    };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `${harmless(stack, 20_000)}\n${bug()[lang]}\n`, code: EXIT.notDone };
}

function bug(): Text {
  const where = `notready ${TOOL.version}, Node.js ${process.version}, ${process.platform} ${process.arch}`;
  return {
    en: `This is a bug in notready (${where}). Please report it with the lines above.`,
    zh: `这是 notready 自身的缺陷（${where}）。请附上以上内容反馈给我们。`,
  };
}
