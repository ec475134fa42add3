import { closest } from '../text/closest.ts';
import type { Text } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';

/** What commander objects to: its code, its English message (values in single quotes) and the command. */
export interface CommanderComplaint {
  readonly code: string;
  readonly message: string;
  /** `notready diagnose` */
  readonly commandPath: string;
  readonly commands: readonly string[];
  readonly flags: readonly string[];
}

const SENTENCES: Readonly<Record<string, (value: string, other: string) => Text>> = {
  'commander.unknownOption': (flag) => ({ en: `no option ${flag}`, zh: `没有选项 ${flag}` }),
  'commander.unknownCommand': (name) => ({ en: `no command ${name}`, zh: `没有命令 ${name}` }),
  'commander.missingArgument': (name) => ({
    en: `${name.toUpperCase()} is missing`,
    zh: `缺少参数 ${name.toUpperCase()}`,
  }),
  'commander.optionMissingArgument': (flags) => ({ en: `${flags} needs a value`, zh: `${flags} 需要一个值` }),
  'commander.missingMandatoryOptionValue': (flags) => ({ en: `${flags} must be given`, zh: `必须给出 ${flags}` }),
  'commander.excessArguments': (name) => ({ en: `too many arguments for ${name}`, zh: `${name} 的参数过多` }),
  'commander.conflictingOption': (a, b) => ({ en: `${a} cannot be used with ${b}`, zh: `${a} 不能与 ${b} 同时使用` }),
};

/** The complaint as a {@link UserError} in both languages, with what was probably meant and where to read on. */
export function commandLineError(complaint: CommanderComplaint): UserError {
  const { code, message, commandPath } = complaint;
  const [value = '', other = ''] = quotedIn(message, code).map((text) => harmlessLine(text, 100));
  const plain = harmlessLine(message.replace(/^error: /, ''));
  const sentence = SENTENCES[code]?.(value, other) ?? { en: plain, zh: plain };
  return new UserError(
    sentence,
    suggestion(complaint, value) ?? {
      en: `see: ${commandPath} --help`,
      zh: `用法见：${commandPath} --help`,
    },
  );
}

/** Where commander quotes what the user wrote, that may hold quotes itself. */
function quotedIn(message: string, code: string): string[] {
  const quoted = code.startsWith('commander.unknown') ? /'(.*)'/gs : /'([^']*)'/g;
  return [...message.matchAll(quoted)].map((m) => m[1] ?? '');
}

function suggestion({ code, commands, flags, commandPath }: CommanderComplaint, value: string): Text | null {
  const known = code === 'commander.unknownCommand' ? commands : code === 'commander.unknownOption' ? flags : [];
  const meant = closest(value, known);
  if (meant === null) return null;
  const whole = `${commandPath} ${meant}`;
  return { en: `did you mean: ${whole}`, zh: `您是不是想用：${whole}` };
}
