const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

// One number with its unit. `.63s` is accepted: logs are quoted by hand and lose a digit (`3m.63s`).
const PART = /(\d{1,19}(?:\.\d{0,19})?|\.\d{1,19})(ns|us|µs|μs|ms|s|m|h)/y;

/** Longest text that Go's Duration.String gives is 25 characters; more than this is no duration. */
const MAX_LENGTH = 64;

/**
 * Milliseconds of a duration as Go writes and reads it: `3m5.3s`, `2h33m12.704970756s`, `150ms`, `1.5µs`, `0s`, `-2s`.
 * Null for anything else, also for a number without a unit (only `0` may stand alone).
 * Source: Duration.String and ParseDuration, Go's src/time/time.go and format.go.
 */
export function parseGoDuration(text: string): number | null {
  if (text.length > MAX_LENGTH) return null;
  const negative = text.startsWith('-');
  const body = negative || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return 0;
  let total = 0;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(body); part; part = PART.exec(body)) {
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ''] ?? Number.NaN);
    end = PART.lastIndex;
  }
  if (end === 0 || end !== body.length) return null;
  return negative ? -total : total;
}
