import type { Lang } from '../../text/text.ts';
import { en, type Messages } from './en.ts';
import { zh } from './zh.ts';

export type { Messages } from './en.ts';

const CATALOGUE: Readonly<Record<Lang, Messages>> = { en, zh };

/** The report's own words in a language. */
export function messagesIn(lang: Lang): Messages {
  return CATALOGUE[lang];
}

/** How the reading of a source went. A status of a newer version is said as it is. */
export function sourceStatusIn({ sourceStatus }: Messages, status: string): string {
  return Object.hasOwn(sourceStatus, status) ? sourceStatus[status as keyof Messages['sourceStatus']] : status;
}
