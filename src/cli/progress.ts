import type { Lang } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import { outputWidth } from './output.ts';

export interface Progress {
  /** Which probes are still out. */
  readonly pending: (probes: readonly string[]) => void;
  readonly end: () => void;
}

/** What ends quickly needs no progress line. */
const QUIET_MS = 2000;
const EVERY_MS = 250;
const CLEAR_LINE = '\r\x1b[2K';
const SHOWN = 4;

/** One line on stderr, if a person watches it, that says what the examination still waits for. */
export function startProgress(lang: Lang, budgetMs: number): Progress {
  if (!process.stderr.isTTY) return { pending: () => undefined, end: () => undefined };
  const startedAt = performance.now();
  let probes: readonly string[] = [];
  let shown = false;
  const draw = (): void => {
    const elapsed = performance.now() - startedAt;
    if (elapsed < QUIET_MS || probes.length === 0) return;
    shown = true;
    const line = progressLine(lang, probes, elapsed, budgetMs);
    process.stderr.write(`${CLEAR_LINE}${line.slice(0, outputWidth(process.stderr) - 1)}`);
  };
  const timer = setInterval(draw, EVERY_MS);
  return {
    pending: (now) => {
      probes = now;
    },
    end: () => {
      clearInterval(timer);
      if (shown) process.stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}

/** `  4.2s of 10s, waiting for docker, cri` */
export function progressLine(lang: Lang, probes: readonly string[], elapsedMs: number, budgetMs: number): string {
  const more = probes.length > SHOWN ? ` +${probes.length - SHOWN}` : '';
  const names = `${probes.slice(0, SHOWN).join(', ')}${more}`;
  const [elapsed, budget] = [formatDuration(elapsedMs), formatDuration(budgetMs)];
  return lang === 'zh'
    ? `  已用 ${elapsed}/${budget}，等待 ${names}`
    : `  ${elapsed} of ${budget}, waiting for ${names}`;
}
