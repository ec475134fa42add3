/** Log lines and conditions older than this say what was, not what is. */
export const FRESH_MS = 10 * 60_000;
