import { type Span, span } from '../../report/terminal/span.ts';
import { formatDuration } from '../../text/units.ts';
import { foretell, relistByHung } from '../model/forecast.ts';
import type { WatchState } from '../model/state.ts';
import { kubeletRules } from '../model/subject.ts';
import { sayForecast, toneOfForecast } from '../words/say-change.ts';
import type { WatchWords } from '../words/words.ts';
import type { Scene } from './scene.ts';

/** What matters most, in one sentence. */
export function verdict({ state, now, words }: Scene): Span {
  const { ours, apiServer } = state;
  const forecast = foretell(state, now);
  if (forecast !== null) return span(sayForecast(forecast, now, words), toneOfForecast(forecast));
  if (apiServer !== null && apiServer.status !== 'True') {
    return span(words.notReady(apiServer.status, apiServer.reason, apiServer.message), 'bad');
  }
  if (ours === null) return span(words.firstLook, 'dim');
  const { status, reason, message } = ours.ready;
  if (status !== 'True') return span(words.notReady(status, reason, message), 'warn');
  if (ours.hung.length > 0) return ofHung(state, ours.hung.length, words);
  return span(words.well, 'good');
}

/** Without the kubelet's metrics its relists are known by what they must wait for; with them it is seen not to wait. */
function ofHung(state: WatchState, hung: number, words: WatchWords): Span {
  const relist = state.kubelet === null ? relistByHung(state) : null;
  if (relist === null) return span(words.hangs(hung), 'warn');
  const { periodMs, thresholdMs } = kubeletRules(state.subject, null);
  const takes = formatDuration(relist.laterMs);
  return relist.laterMs + periodMs > thresholdMs
    ? span(words.hangsLoses(hung, takes, formatDuration(thresholdMs)), 'bad')
    : span(words.hangsSilently(hung, takes), 'warn');
}
