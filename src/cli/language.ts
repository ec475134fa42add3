import { LANGS, type Lang } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';

/**
 * The user's language: `--lang`, else the locale (LC_ALL before LC_MESSAGES before LANG, as in locale(7)), else English.
 * It is looked for before the arguments are parsed, so that wrong arguments are answered in it.
 * @throws UserError for a language that notready does not speak
 */
export function chooseLanguage(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Lang {
  const given = langArgument(args);
  if (given !== null) return parseLanguage(given);
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh(?:[_.-]|$)/i.test(locale) ? 'zh' : 'en';
}

function parseLanguage(text: string): Lang {
  const known = LANGS.find((lang) => lang === text);
  if (known) return known;
  const quoted = `"${harmlessLine(text, 40)}"`;
  throw new UserError({
    en: `--lang ${quoted}: notready speaks ${LANGS.join(' and ')}`,
    zh: `--lang ${quoted}：notready 支持 ${LANGS.join(' 和 ')}`,
  });
}

function langArgument(args: readonly string[]): string | null {
  let given: string | null = null;
  for (const [i, arg] of args.entries()) {
    if (arg === '--') break;
    if (arg.startsWith('--lang=')) given = arg.slice('--lang='.length);
    if (arg === '--lang') given = args[i + 1] ?? null;
  }
  return given;
}
