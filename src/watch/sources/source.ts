import { systemClock } from '../../pleg/runtimes/system-clock.ts';
import type { News, SourceName } from '../model/news.ts';

/** Takes what a source saw. */
export type Tell = (news: News) => void;

/** A source at work. */
export interface RunningSource {
  stop(): void;
}

/** What one look brought: nothing to say against it, or why it brought nothing. */
export type Looked = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Looks again and again, `everyMs` from one begin to the next, never two at a time; each look has deadlines of its own.
 * That a source does not answer is told once, and once when it does again.
 */
export function lookEvery(
  everyMs: number,
  source: SourceName,
  tell: Tell,
  look: (signal: AbortSignal) => Promise<Looked>,
): RunningSource {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    const begun = performance.now();
    const looked = await look(stopped.signal);
    if (stopped.signal.aborted) return;
    tell({ type: 'source', at: systemClock.now(), source, missing: looked.ok ? null : looked.why });
    timer = setTimeout(() => void round(), Math.max(0, everyMs - (performance.now() - begun)));
  };
  void round();
  return {
    stop: () => {
      stopped.abort();
      clearTimeout(timer);
    },
  };
}
