/** What stands in place of a secret. */
export const REDACTED = '[redacted]';

// Name of a setting that holds a secret: `--token=x`, `DB_PASSWORD=x`, `"apiKey": "x"`, `--password x`.
const SECRET_NAME =
  '[\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth)[\\w.-]*';
const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  // user:password@ in a URL
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,128}):[^\s/@]{1,256}@/gi, `$1:${REDACTED}@`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  // JSON Web Token
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED],
  // AWS access key id
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, REDACTED],
  [
    new RegExp(`("?\\b${SECRET_NAME}"?\\s*[=:]\\s*"?)(?!\\[redacted\\])(?:(?<=")[^"]+|[^\\s"',;&]+)`, 'gi'),
    `$1${REDACTED}`,
  ],
  [new RegExp(`(--?${SECRET_NAME}\\s+)(?!-|\\[redacted\\])\\S+`, 'gi'), `$1${REDACTED}`],
];

/** Replaces passwords, tokens, keys and credentials inside a text; what surrounds them stays readable. */
export function redact(text: string): string {
  if (text.length < 8) return text;
  return RULES.reduce((t, [pattern, replacement]) => t.replace(pattern, replacement), text);
}
