import { Command, type ErrorOptions } from 'commander';
import type { Lang, Text } from '../text/text.ts';
import { commandLineError } from './command-line-error.ts';
import type { CliContext } from './context.ts';
import { HELP, helpTitle } from './help-texts.ts';

/** A commander command in the user's language, whose errors are thrown as {@link UserError} and never end the process. */
export class LocalCommand extends Command {
  readonly context: CliContext;

  constructor(name: string, context: CliContext) {
    super(name);
    this.context = context;
    this.exitOverride();
    this.helpOption('-h, --help', HELP.help[context.lang]);
    this.helpCommand(false);
    this.configureHelp({
      styleTitle: (title) => helpTitle(title, context.lang),
      commandUsage: (command) => `${pathOf(command)} ${localUsage(command.usage(), context.lang)}`,
      subcommandTerm: (command) => command.name(),
      displayWidth: context.lang === 'zh' ? widthWithChinese : (text) => text.length,
    });
  }

  override createCommand(name: string): LocalCommand {
    return new LocalCommand(name, this.context);
  }

  override error(message: string, options?: ErrorOptions): never {
    const commands = this.commands.map((c) => c.name());
    const flags = this.options.flatMap((o) => (o.long ? [o.long] : []));
    throw commandLineError({ code: options?.code ?? '', message, commandPath: pathOf(this), commands, flags });
  }

  /** `--lang`, on every command. It is read before parsing, see `chooseLanguage`. */
  langOption(): this {
    return this.option('--lang <lang>', HELP.lang[this.context.lang]);
  }

  /** Command lines shown under the help, each with what it does. */
  examples(lines: readonly (readonly [commandLine: string, does: Text])[], after: Text | null = null): this {
    const { lang, program } = this.context;
    const width = Math.max(...lines.map(([line]) => line.length));
    const shown = lines.map(([line, does]) => `  ${program} ${line.padEnd(width)}   ${does[lang]}`);
    const closing = after === null ? '' : `\n\n${after[lang]}`;
    return this.addHelpText('after', `\n${HELP.examples[lang]}\n${shown.join('\n')}${closing}`);
  }
}

/** `notready diagnose` */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** What commander makes up of a command's arguments: `[options] <cause>`. */
function localUsage(usage: string, lang: Lang): string {
  return lang === 'zh' ? usage.replace('[options]', '[选项]') : usage;
}

/** Enough for our own help texts; the library that measures any text would cost a start-up its time. */
function widthWithChinese(text: string): number {
  return text.length + (text.match(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]/g)?.length ?? 0);
}
