/**
 * A word for a POSIX shell, quoted where it must be: paths and names come from the host and may hold anything, and
 * operators paste the commands they are shown.
 */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A whole command line out of words. */
export function shellCommand(...words: readonly (string | number)[]): string {
  return words.map((w) => shellWord(String(w))).join(' ');
}
