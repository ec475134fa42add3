/** The languages a user can read notready in. */
export const LANGS = ['en', 'zh'] as const;
export type Lang = (typeof LANGS)[number];

/**
 * A sentence for users, in every language. Findings carry the whole record, so
 * that a missing translation is a type error and a case file needs no language.
 */
export type Text = Readonly<Record<Lang, string>>;

/** A name, number or quotation that reads the same in every language. */
export function verbatim(value: string | number): Text {
  const s = String(value);
  return { en: s, zh: s };
}

/** Joins sentences or phrases language by language. */
export function joinTexts(parts: readonly Text[], separator: Text | string): Text {
  const sep = typeof separator === 'string' ? verbatim(separator) : separator;
  return {
    en: parts.map((p) => p.en).join(sep.en),
    zh: parts.map((p) => p.zh).join(sep.zh),
  };
}
