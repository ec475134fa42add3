import type { Lang } from '../../text/text.ts';
import { en, type WatchWords } from './en.ts';
import { zh } from './zh.ts';

/** The words of a watch in a language. */
export function watchWords(lang: Lang): WatchWords {
  return lang === 'zh' ? zh : en;
}

export type { WatchWords };
