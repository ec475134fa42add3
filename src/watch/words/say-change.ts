import type { RecordState } from '../../pleg/transitions.ts';
import { formatDuration } from '../../text/units.ts';
import type { Change } from '../model/change.ts';
import type { Forecast } from '../model/forecast.ts';
import type { ContainerRef, ShimLook } from '../model/news.ts';
import type { WatchWords } from './words.ts';

/** A change in words: what kind it is, what it is about, what happened. */
export interface SaidChange {
  readonly label: string;
  readonly subject: string;
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'warn' | 'bad' | 'dim';
}

export function sayChange(change: Change, words: WatchWords): SaidChange {
  switch (change.type) {
    case 'event':
      return { label: change.event, subject: sayContainer(change.container, words), text: '', tone: 'plain' };
    case 'hung': {
      const { at, since, from, to } = change;
      const text = words.hung(formatDuration(at - since), sayTransition(from, to, words));
      return { label: words.labels.hung, subject: sayContainer(change.container, words), text, tone: 'bad' };
    }
    case 'answers': {
      const text = words.answers(formatDuration(change.hungMs));
      return { label: words.labels.answers, subject: sayContainer(change.container, words), text, tone: 'good' };
    }
    case 'shim': {
      const subject = sayContainer(change.container, words);
      return { label: words.labels.shim, subject, text: sayShim(change.shim, words), tone: 'warn' };
    }
    default:
      return sayOfNode(change, words);
  }
}

function sayOfNode(
  change: Exclude<Change, { type: 'event' | 'hung' | 'answers' | 'shim' }>,
  words: WatchWords,
): SaidChange {
  const { labels } = words;
  switch (change.type) {
    case 'pleg': {
      const tone = change.problem === null ? 'good' : 'bad';
      return { label: labels.pleg, subject: words.of[change.of], text: change.problem ?? words.plegHealthy, tone };
    }
    case 'ready': {
      const { of, status, reason, message } = change;
      const tone = status === 'True' ? 'good' : 'bad';
      return { label: labels.ready, subject: words.of[of], text: words.ready(status, reason, message), tone };
    }
    case 'forecast': {
      const { at, forecast } = change;
      const text = forecast === null ? words.forecastOver : sayForecast(forecast, at, words);
      return { label: labels.forecast, subject: '', text, tone: toneOfForecast(forecast) };
    }
    case 'source': {
      const { source, missing } = change;
      const text = missing === null ? words.sourceBack(source) : words.sourceMissing(source, missing);
      return { label: labels.source, subject: '', text, tone: missing === null ? 'good' : 'warn' };
    }
  }
}

/** `running → exited`, or `running` where nothing changed. */
export function sayTransition(from: RecordState, to: RecordState, words: WatchWords): string {
  return from === to ? words.state(to) : words.transition(words.state(from), words.state(to));
}

export function toneOfForecast(forecast: Forecast | null): SaidChange['tone'] {
  if (forecast === null) return 'good';
  return forecast.loss === null && forecast.endsAt !== null && forecast.readyAgainAt === null ? 'plain' : 'warn';
}

/** What it is about, and what happened. */
export function subjectAndText({ subject, text }: SaidChange, { marks }: WatchWords): string {
  return subject === '' || text === '' ? `${subject}${text}` : `${subject}${marks.colon}${text}`;
}

/** `prod/web-0 main`; a sandbox is said to be one. */
export function sayContainer({ name, kind, pod }: ContainerRef, words: WatchWords): string {
  return `${pod.namespace}/${pod.name} ${kind === 'sandbox' ? words.sandbox : name}`;
}

export function sayShim(shim: ShimLook | null, words: WatchWords): string {
  if (shim === null) return words.noShim;
  const { pid, state, processes, inKernel } = shim;
  return `${words.shim(pid, state)}${words.marks.comma}${words.shimProcesses(processes, inKernel)}`;
}

/** In a row of a list: its processes only where something is wrong with them. */
export function sayShimBriefly(shim: ShimLook | null, words: WatchWords): string {
  return shim === null || shim.inKernel > 0 ? sayShim(shim, words) : words.shim(shim.pid, shim.state);
}

/** One sentence; times of the clock are UTC. @param now Unix ms */
export function sayForecast(forecast: Forecast, now: number, words: WatchWords): string {
  const { loss, endsAt, readyAgainAt } = forecast;
  const since = clock(forecast.runningSince);
  const lost = readyAgainAt !== null;
  if (lost) return words.lostUntil(since, until(readyAgainAt, now, words));
  if (loss === null)
    return endsAt === null ? words.lostOpen(since) : words.endsInTime(since, until(endsAt, now, words));
  const when = until(loss.at, now, words, loss.withinSeconds);
  if (endsAt === null) return words.lossUnless(when, since);
  return endsAt < loss.at ? words.lossLater(when) : words.lossThen(when, since, words.aboutAt(clock(endsAt)));
}

function until(at: number, now: number, words: WatchWords, within: number | null = null): string {
  return words.inTime(formatDuration(Math.max(0, Math.round((at - now) / 1000) * 1000)), within);
}

/** `12:03:04`, UTC as everywhere in the reports. */
export function clock(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(11, 19);
}
