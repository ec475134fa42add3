/**
 * A word for a POSIX shell, quoted where it must be. Paths and names come from the host and may hold anything; a
 * command that an operator pastes must not run what a container's author wrote into a mount point.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A whole command line out of words. */
export function shellCommand(...words: readonly (string | number)[]): string {
  return words.map((w) => shellWord(String(w))).join(' ');
}
