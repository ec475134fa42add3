import type { Lang } from '../../text/text.ts';
import { en, type Messages } from './en.ts';
import { zh } from './zh.ts';

export type { Messages } from './en.ts';

const CATALOGUE: Readonly<Record<Lang, Messages>> = { en, zh };

/** The report's own words in a language. */
export function messagesIn(lang: Lang): Messages {
  return CATALOGUE[lang];
}
