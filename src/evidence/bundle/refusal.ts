import type { Text } from '../../text/text.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import { UserError } from '../../text/user-error.ts';

const LONGEST_NAME = 200;

/** A bundle that is not read, and why, in one line: `case.tar.gz: links.jsonl:3: ...`. Names in it are foreign text. */
export function refuse(where: readonly (string | number)[], why: Text, hint: Text | null = null): UserError {
  const place = where.map((part) => harmlessLine(String(part), LONGEST_NAME)).join(': ');
  return new UserError({ en: `${place}: ${why.en}`, zh: `${place}：${why.zh}` }, hint);
}

export function tooLarge(path: string, file: string | null = null): UserError {
  return refuse(file === null ? [path] : [path, file], { en: 'too large for a bundle', zh: '过大，不是正常的病例包' });
}

/** Foreign text inside a sentence. */
export function quote(text: string): string {
  return `"${harmlessLine(text, LONGEST_NAME)}"`;
}
