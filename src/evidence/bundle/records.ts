import type { z } from 'zod';
import { type Text, verbatim } from '../../text/text.ts';
import { harmless, harmlessLine } from '../../text/untrusted.ts';
import type { BundleLimits } from './format.ts';
import { refuse } from './refusal.ts';

const NEWLINE = 0x0a;

/**
 * The records of a `.jsonl` file.
 * @param where path of the bundle and name of the file, for messages
 * @throws UserError with the line at fault
 */
export function parseRecords<T>(
  where: readonly [string, string],
  bytes: Buffer,
  schema: z.ZodType<T>,
  limits: Pick<BundleLimits, 'lineBytes' | 'records'>,
): T[] {
  const records: T[] = [];
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    const at = atLine(where, records.length + 1);
    if (end - start > limits.lineBytes) {
      throw refuse(at, { en: `longer than ${limits.lineBytes} bytes`, zh: `超过 ${limits.lineBytes} 字节` });
    }
    if (records.length === limits.records) {
      throw refuse(at, { en: `more than ${limits.records} records`, zh: `超过 ${limits.records} 条记录` });
    }
    const parsed = schema.safeParse(parseJson(at, bytes.toString('utf8', start, end)));
    if (!parsed.success) throw refuse(at, whatIsWrong(parsed.error));
    records.push(withoutControlCharacters(parsed.data));
    start = end + 1;
  }
  return records;
}

/** `observations.jsonl:12`, as compilers and grep say it. */
export function atLine([path, file]: readonly [string, string], line: number): readonly [string, string] {
  return [path, `${file}:${line}`];
}

export function parseJson(where: readonly string[], text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(where, { en: 'not JSON', zh: '不是合法的 JSON' });
  }
}

/** The first thing that a schema objects to. */
export function whatIsWrong(error: z.ZodError): Text {
  const [issue] = error.issues;
  if (!issue) return verbatim('?');
  const path = issue.path.map(String).join('.');
  return verbatim(harmlessLine(path === '' ? issue.message : `${path}: ${issue.message}`, 300));
}

/** Case files are cleaned when they are finished; a bundle that was tampered with need not be. */
export function withoutControlCharacters<T>(value: T): T {
  return mapTexts(value, (text) => harmless(text, Number.POSITIVE_INFINITY)) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((v) => mapTexts(v, change));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [change(k), mapTexts(v, change)]));
  }
  return value;
}
