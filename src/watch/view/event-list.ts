import { type Line, span } from '../../report/terminal/span.ts';
import { pad } from '../../report/terminal/wrap.ts';
import type { Change } from '../model/change.ts';
import { clock, sayChange, subjectAndText } from '../words/say-change.ts';
import type { WatchWords } from '../words/words.ts';
import type { Scene } from './scene.ts';

/** Wide enough for the longest kind of event. */
const LABEL_WIDTH = 17;

/** The newest events, the newest below, in at most `room` lines. */
export function eventList({ state, words }: Scene, room: number): Line[] {
  const title: Line = [span(words.events, 'strong')];
  const newest = room > 1 ? state.changes.slice(1 - room) : [];
  if (newest.length === 0) return [title, [span(`  ${words.noEvents}`, 'dim')]].slice(0, Math.max(0, room));
  return [title, ...newest.map((change) => eventLine(change, words))];
}

export function eventLine(change: Change, words: WatchWords): Line {
  const said = sayChange(change, words);
  const text = subjectAndText(said, words);
  return [span(`${clock(change.at)} `, 'dim'), span(pad(said.label, LABEL_WIDTH), said.tone), span(text)];
}
