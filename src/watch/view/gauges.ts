import { type Line, type Span, span, type Tone } from '../../report/terminal/span.ts';
import { columns, pad } from '../../report/terminal/wrap.ts';
import { formatDuration } from '../../text/units.ts';
import type { SourceName } from '../model/news.ts';
import { kubeletAge } from '../model/stamp.ts';
import { kubeletRules } from '../model/subject.ts';
import { clock } from '../words/say-change.ts';
import type { Scene } from './scene.ts';

const FULL = '█';
const EMPTY = '░';
const LONGEST_BAR = 40;
const SHORTEST_BAR = 4;

/** The ages of the newest relists against their threshold, Ready as each has it, and how long relists take. */
export function gauges(scene: Scene): Line[] {
  const { groups } = scene.words;
  return [
    row(scene, groups.pleg, 'kubelet', kubeletPleg(scene)),
    row(scene, '', 'ours', ownPleg(scene)),
    row(scene, groups.ready, 'api-server', apiReady(scene)),
    row(scene, '', 'ours', ownReady(scene)),
    row(scene, groups.relist, 'kubelet', kubeletRelists(scene)),
    row(scene, '', 'ours', ownRelists(scene)),
  ];
}

type Who = 'kubelet' | 'ours' | 'api-server';

function row({ words }: Scene, group: string, who: Who, spans: readonly Span[]): Line {
  const { groups, of } = words;
  const groupWidth = widest(Object.values(groups)) + 2;
  const whoWidth = widest(Object.values(of)) + 2;
  return [span(pad(group, groupWidth), 'strong'), span(pad(of[who], whoWidth), 'dim'), ...spans];
}

function leftOf({ words, width }: Scene): number {
  return width - widest(Object.values(words.groups)) - widest(Object.values(words.of)) - 4;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(columns));
}

function kubeletPleg(scene: Scene): Span[] {
  const { state, now, words } = scene;
  const age = kubeletAge(state, now);
  if (state.kubelet === null || (age === null && state.missing.has('kubelet-metrics'))) {
    return [unseen(scene, 'kubelet-metrics')];
  }
  return age === null ? [span(words.noRelistYet, 'warn')] : bar(scene, age);
}

function ownPleg(scene: Scene): Span[] {
  const { state, now, words } = scene;
  if (state.ours === null) return [span(words.notAsked, 'dim')];
  const { relistAt } = state.ours;
  return relistAt === null ? [span(words.noRelistYet, 'warn')] : bar(scene, Math.max(0, now - relistAt));
}

/** An age as part of the threshold. */
function bar(scene: Scene, ageMs: number): Span[] {
  const { state, words } = scene;
  const { thresholdMs } = kubeletRules(state.subject, state.kubelet?.version ?? null);
  const share = Math.min(1, ageMs / thresholdMs);
  const text = ` ${words.ageOf(formatDuration(ageMs), formatDuration(thresholdMs))}`;
  const cells = Math.min(
    LONGEST_BAR,
    Math.max(SHORTEST_BAR, leftOf(scene) - columns(words.ageOf('2m59.9s', '3m')) - 1),
  );
  const full = share >= 1 ? cells : Math.min(cells - 1, Math.round(share * cells));
  const tone: Tone = share >= 1 ? 'bad' : share > 1 / 3 ? 'warn' : 'good';
  return [
    span(FULL.repeat(full), tone),
    span(EMPTY.repeat(cells - full), 'dim'),
    span(text, share > 1 / 3 ? tone : 'plain'),
  ];
}

function unseen({ state, words }: Scene, source: SourceName): Span {
  const why = state.missing.get(source);
  return why === undefined ? span(words.notAsked, 'dim') : span(words.notSeen(why), 'dim');
}

function apiReady(scene: Scene): Span[] {
  const { state, now, words } = scene;
  const { apiServer, missing } = state;
  if (apiServer === null) return [unseen(scene, 'api-server')];
  const { status, since, heartbeatAt, message } = apiServer;
  const parts = [
    ...(since === null ? [] : [words.sinceAgo(clock(since), ago(since, now))]),
    ...(status !== 'True' ? [message] : []),
    ...(heartbeatAt === null ? [] : [words.heartbeatAgo(ago(heartbeatAt, now))]),
  ];
  const why = missing.get('api-server');
  const rest = why === undefined ? parts.join(words.marks.comma) : words.notSeen(why);
  return [span(status, status === 'True' ? 'good' : 'bad'), span(` ${rest}`)];
}

function ownReady({ state, words }: Scene): Span[] {
  if (state.ours === null) return [span(words.notAsked, 'dim')];
  const { status, message } = state.ours.ready;
  return status === 'True' ? [span(status, 'good')] : [span(status, 'bad'), span(` ${message}`)];
}

function kubeletRelists(scene: Scene): Span[] {
  const { kubelet } = scene.state;
  if (kubelet === null) return [unseen(scene, 'kubelet-metrics')];
  const { words } = scene;
  const { meanMs, relists } = kubelet;
  if (meanMs !== null) return [span(words.onAverage(formatDuration(meanMs)))];
  if (relists === null || relists.count === 0) return [span(words.noRelistYet, 'dim')];
  return [span(words.onAverageEver(formatDuration(relists.totalMs / relists.count)))];
}

/** A list that takes longer is a matter of its own, ms. */
const PENDING_MS = 5000;

function ownRelists({ state, words, now }: Scene): Span[] {
  const relist = state.relists.at(-1);
  const pendingMs = now - (state.ours?.relistAt ?? now) - state.subject.periodMs;
  if (pendingMs > PENDING_MS && !relist?.listFailed) {
    return [span(words.listPending(formatDuration(Math.round(pendingMs / 1000) * 1000)), 'bad')];
  }
  if (relist === undefined) return [span(words.notAsked, 'dim')];
  if (relist.listFailed) return [span(words.listFails, 'bad'), span(` ${state.missing.get('runtime') ?? ''}`)];
  const { tookMs, listMs, inspected } = relist;
  const newest = words.relistNow(formatDuration(tookMs), formatDuration(listMs), inspected);
  const lists = state.ours?.listMs;
  const all =
    lists == null
      ? ''
      : `${words.marks.semicolon}${words.lists(formatDuration(lists.median), formatDuration(lists.p99))}`;
  return [span(`${newest}${all}`)];
}

function ago(at: number, now: number): string {
  return formatDuration(Math.max(0, Math.round((now - at) / 1000) * 1000));
}
