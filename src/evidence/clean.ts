import { harmless } from '../text/untrusted.ts';
import { redact, redactArguments } from './redact.ts';

/** A value with every text in it made harmless and rid of secrets; `undefined`, which a bundle cannot keep, is left out. */
export function clean<T>(value: T): T {
  return cleanValue(value) as T;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(harmless(value));
  if (Array.isArray(value)) return cleanList(value);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return Object.fromEntries(entries.map(([k, v]) => [harmless(k), cleanValue(v)]));
  }
  return value;
}

/** A list of texts may be a command line, where a flag and its secret are apart. */
function cleanList(list: readonly unknown[]): unknown[] {
  const texts = list.filter((v) => typeof v === 'string');
  return texts.length === list.length ? redactArguments(texts.map((t) => harmless(t))) : list.map(cleanValue);
}
