import type { Colourise } from '../../report/terminal/paint.ts';
import { paint } from '../../report/terminal/paint.ts';
import { span } from '../../report/terminal/span.ts';
import { pad } from '../../report/terminal/wrap.ts';
import type { Lang } from '../../text/text.ts';
import type { Change } from '../model/change.ts';
import type { Subject } from '../model/subject.ts';
import { sayChange, subjectAndText } from '../words/say-change.ts';
import { watchWords } from '../words/words.ts';

export interface PlainLinesOptions {
  readonly lang: Lang;
  /** null: plain text. */
  readonly colour: Colourise | null;
}

/** Wide enough for the longest kind of event. */
const LABEL_WIDTH = 16;

/** The first line: what is watched. @param at Unix ms */
export function watchingText({ runtime, node }: Subject, at: number, options: PlainLinesOptions): string {
  const words = watchWords(options.lang);
  return line(at, words.labels.watching, words.watching(runtime.endpoint, node), 'plain', options);
}

/** One change, one line. */
export function changeText(change: Change, options: PlainLinesOptions): string {
  const words = watchWords(options.lang);
  const said = sayChange(change, words);
  return line(change.at, said.label, subjectAndText(said, words), said.tone, options);
}

function line(
  at: number,
  label: string,
  text: string,
  tone: Parameters<typeof span>[1],
  { colour }: PlainLinesOptions,
): string {
  const when = new Date(at).toISOString();
  return paint([[span(`${when} `, 'dim'), span(`${pad(label, LABEL_WIDTH)} `, tone), span(text)]], colour);
}
