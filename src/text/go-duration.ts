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

/**
 * Milliseconds as Go writes a duration: `3m5.3s`, `1.5ms`, `0s`; what is finer than 1 ns is rounded.
 * Source: Duration.String, Go's src/time/time.go.
 */
export function formatGoDuration(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const ns = Math.round(Math.abs(ms) * 1e6);
  if (ns === 0) return '0s';
  if (ns < 1e3) return `${sign}${ns}ns`;
  if (ns < 1e6) return `${sign}${decimal(ns, 3)}µs`;
  if (ns < 1e9) return `${sign}${decimal(ns, 6)}ms`;
  const minutes = Math.floor(ns / 60e9);
  const seconds = `${decimal(ns - minutes * 60e9, 9)}s`;
  if (minutes === 0) return `${sign}${seconds}`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60}m${seconds}`;
}

/** `n` divided by 10^`places`, exactly and without zeros at the end. */
function decimal(n: number, places: number): string {
  const digits = String(n).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, -places);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
