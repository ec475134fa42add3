import { harmless } from '../text/untrusted.ts';
import { redact, redactArguments } from './redact.ts';

/** Characters of a text that are kept. */
const KEPT = 4096;
/** Looked through for secrets: one that the cut runs through would no longer look like one. */
const LOOKED_THROUGH = 2 * KEPT;

/** A value with every text in it made harmless and rid of secrets; `undefined`, which a bundle cannot keep, is left out. */
export function clean<T>(value: T): T {
  return cleanValue(value) as T;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return cleanList(value);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return Object.fromEntries(entries.map(([k, v]) => [cleanText(k), cleanValue(v)]));
  }
  return value;
}

function cleanText(text: string): string {
  return harmless(redact(harmless(text, LOOKED_THROUGH)), KEPT);
}

/** A list of texts may be a command line, where a flag and its secret are apart. */
function cleanList(list: readonly unknown[]): unknown[] {
  const texts = list.filter((v) => typeof v === 'string');
  if (texts.length < list.length) return list.map(cleanValue);
  return redactArguments(texts.map((t) => harmless(t, LOOKED_THROUGH))).map((t) => harmless(t, KEPT));
}
